import type { ActualApp } from "../app/actualApp.ts";
import type { DesiredApp } from "../app/desiredApp.ts";
import { inWordsOf } from "../app/permissionSetNames.ts";
import type { Settings } from "../app/settings.ts";
import type { MetadataFile } from "../metadata/kind.ts";
import { kinds } from "../metadata/kinds.ts";
import { readApp } from "../metadata/read.ts";
import type { TargetOrg } from "../org/connect.ts";
import { findPermissionSets, type PermissionSet } from "../org/permissionSets.ts";
import { retrieveFiles } from "../org/retrieve.ts";
import { readConnectedAppSetup, type SetupSettings } from "../org/setupSettings.ts";
import { findUsers, type OrgUser } from "../org/users.ts";

/** All that a run wants to know of an org before it decides. */
export interface OrgReading {
  /** Undefined where the org has no such app. */
  actual: ActualApp | undefined;
  files: MetadataFile[];
  /** Users whose username is, or begins with, the Run As user's. */
  users: OrgUser[];
  /** The permission sets of the org that the spec names. */
  permissionSets: PermissionSet[];
  /** The org's words where it did not let the Setup-only settings be read. */
  setupUnreadable: string | undefined;
}

const noSetup: SetupSettings = { settings: {} };

/** Asks the org for everything at once. */
export async function readOrg(org: TargetOrg, desired: DesiredApp): Promise<OrgReading> {
  const kind = kinds[desired.kind];
  const runAs = desired.settings["oauth.clientCredentials.runAs"];
  const wantedSets = desired.settings["policy.permissionSets"];
  const [files, setup, users, permissionSets] = await Promise.all([
    retrieveFiles(org, kind.components, desired.name),
    kind.setupOnly.length === 0 ? noSetup : readConnectedAppSetup(org, desired.name),
    runAs === undefined ? [] : findUsers(org, runAs),
    findPermissionSets(org, wantedSets ?? []),
  ]);
  const found = readApp(desired.kind, files);
  const actualSets = inWordsOf(wantedSets, found.settings["policy.permissionSets"], permissionSets);
  const settings: Settings = {
    ...found.settings,
    ...setup.settings,
    ...(actualSets === undefined ? {} : { "policy.permissionSets": actualSets }),
  };
  return {
    // The first component is the app itself; the others only say more of it.
    actual: files[0]?.component !== kind.components[0] ? undefined : { ...found, settings },
    files,
    users,
    permissionSets,
    setupUnreadable: setup.unreadable,
  };
}
