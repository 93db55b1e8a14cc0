import type { ActualApp } from "../../app/actualApp.ts";
import { namespaceOf } from "../../app/apiName.ts";
import { type DesiredApp, hasTokens } from "../../app/desiredApp.ts";
import { inWordsOf, type NamedInOrg } from "../../app/namesInOrg.ts";
import type { Settings } from "../../app/settings.ts";
import type { MetadataFile } from "../../metadata/kind.ts";
import { kinds } from "../../metadata/kinds.ts";
import { comparedComponents } from "../../metadata/packagedApp.ts";
import { hasApplication, readApp } from "../../metadata/read.ts";
import { existsNone, seesExternalClientApps } from "../../org/appVisibility.ts";
import type { TargetOrg } from "../../org/connect.ts";
import { findPermissionSets, type PermissionSet } from "../../org/permissionSets.ts";
import { findProfiles, type Profile } from "../../org/profiles.ts";
import { type RetrievedApp, retrieveApps } from "../../org/retrieve.ts";
import { readConnectedAppSetup } from "../../org/setupSettings.ts";
import { findUsers, type OrgUser } from "../../org/users.ts";
import { requireApiVersion } from "./apiVersion.ts";

/** What an org has of an app. */
export interface AppReading {
  /** Undefined if the org has no such app. */
  actual: ActualApp | undefined;
  files: MetadataFile[];
  /** What the app has besides, and no spec speaks of; read before a deploy only. */
  further?: readonly MetadataFile[];
  /** Of an app that was not seen: whether who asks sees such apps at all; undefined if the org does not tell. */
  seesApps?: boolean | undefined;
  lastChange: RetrievedApp["lastChange"];
  /** Since when the org has the app. */
  createdAt?: RetrievedApp["createdAt"];
  /** The permission sets of the org that the specs name. */
  permissionSets: PermissionSet[];
  /** The profiles of the org that specs of external client apps name. */
  profiles: Profile[];
  /** The org's words if the Setup-only settings could not be read. */
  setupUnreadable: string | undefined;
  /** Whether Setup lists the app; undefined if it cannot be known. */
  installed: boolean | undefined;
}

/** Everything that a run must know about an app in an org before it decides. */
export interface OrgReading extends AppReading {
  /** The org's users, including the Run As user if the org has it. */
  users: OrgUser[];
}

/**
 * Asks the org for everything about one app at once. The usernames of the users are, or begin with, the Run As user's.
 */
export async function readOrg(org: TargetOrg, desired: DesiredApp): Promise<OrgReading> {
  const runAs = desired.settings["oauth.clientCredentials.runAs"];
  const [[reading], users] = await Promise.all([
    readApps(org, [desired], { withFurther: true }),
    findUsers(org, runAs === undefined ? [] : [runAs]),
  ]);
  if (reading === undefined) throw new Error("An app that was asked for is missing in the answer.");
  return { ...reading, users };
}

/** Asks the org for several apps at once. The number of calls does not grow with the number of apps. */
export async function readApps(
  org: TargetOrg,
  apps: readonly DesiredApp[],
  { withFurther = false } = {},
): Promise<AppReading[]> {
  const distinct = (values: readonly (string | undefined)[]) => [
    ...new Set(values.filter((value) => value !== undefined)),
  ];
  requireApiVersion(
    org,
    apps.map(({ kind }) => kind),
  );
  const withSetup = apps.filter(({ kind }) => kinds[kind].setupOnly.length > 0);
  const namesProfiles = apps.filter(({ kind }) => kind === "ExternalClientApp");
  // Before a deploy, which an external client app that is not seen makes difficult, this is asked with all the rest.
  const external = apps.some(({ kind }) => kind === "ExternalClientApp");
  const sight = withFurther && external ? seesExternalClientApps(org) : undefined;
  const areNew = Promise.all([sight, sight && existsNone(org, apps)]).then(
    ([sees, none]) => sees === true && none === true,
  );
  const [retrieved, setup, permissionSets, profiles] = await Promise.all([
    retrieveApps(
      org,
      apps.map(({ kind, name }) => ({
        components: kinds[kind].components,
        further: withFurther ? kinds[kind].further : [],
        name,
      })),
      areNew,
    ),
    readConnectedAppSetup(org, distinct(withSetup.map(({ name }) => name))),
    findPermissionSets(
      org,
      distinct(apps.flatMap(({ settings }) => settings["policy.permissionSets"] ?? [])),
    ),
    findProfiles(org, distinct(namesProfiles.flatMap(({ settings }) => settings["policy.profiles"] ?? []))),
  ]);
  const isUnseen = (index: number) => (retrieved[index]?.files ?? []).length === 0;
  const isAnyUnseen = apps.some(({ kind }, index) => kind === "ExternalClientApp" && isUnseen(index));
  const sees = isAnyUnseen ? await (sight ?? seesExternalClientApps(org)) : undefined;
  return apps.map((desired, index) => {
    const { files: found, further, ...times } = retrieved[index] ?? { files: [], further: [] };
    const compared = comparedComponents(desired);
    const files = found.filter(({ component }) => compared.includes(component));
    const kind = kinds[desired.kind];
    const inSetup = kind.setupOnly.length > 0 && files.length > 0 ? setup.apps.get(desired.name) : undefined;
    const { lastChange, createdAt } = { ...inSetup, ...times };
    const asked = kind.setupOnly.length > 0 && setup.unreadable === undefined;
    return {
      actual: isThere(desired, found)
        ? actualApp(desired, files, { inSetup: inSetup?.settings, permissionSets, profiles })
        : undefined,
      files,
      further,
      ...(desired.kind === "ExternalClientApp" && isUnseen(index) ? { seesApps: sees } : {}),
      lastChange,
      ...(createdAt === undefined ? {} : { createdAt }),
      permissionSets,
      profiles,
      setupUnreadable: kind.setupOnly.length > 0 ? setup.unreadable : undefined,
      installed: asked ? setup.apps.has(desired.name) : undefined,
    };
  });
}

/** The app that an org's files describe, as far as it can be in the spec's words, with what only Setup shows. */
export function actualApp(
  desired: DesiredApp,
  files: readonly MetadataFile[],
  found: Pick<AppReading, "permissionSets" | "profiles"> & { inSetup: Settings | undefined },
): ActualApp {
  const read = readApp(desired.kind, files);
  const settings: Settings = {
    ...read.settings,
    // Setup lists a timeout of tokens also for an app that has none.
    ...(hasTokens(read) ? found.inSetup : {}),
    ...inWords("policy.permissionSets", desired.settings, read.settings, found.permissionSets),
    ...inWords("policy.profiles", desired.settings, read.settings, found.profiles),
  };
  return { ...read, settings };
}

/** An org may hide the application of a package, and still show its policies. */
function isThere({ kind, name }: DesiredApp, files: readonly MetadataFile[]): boolean {
  return namespaceOf(name) === undefined ? hasApplication(kind, files) : files.length > 0;
}

/** A list of names in the spec's words, if the org has one. */
function inWords(
  path: "policy.permissionSets" | "policy.profiles",
  desired: Settings,
  actual: Settings,
  known: readonly NamedInOrg[],
): Settings {
  const names = inWordsOf(desired[path], actual[path], known);
  return names === undefined ? {} : { [path]: names };
}
