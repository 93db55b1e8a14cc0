import { namespaceOf } from "../../app/apiName.ts";
import { messagesOf } from "../../messages.ts";
import { changeableComponents } from "../../metadata/packagedApp.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { requirePermissionSets } from "../appInOrg/permissionSets.ts";
import { requireProfiles } from "../appInOrg/profiles.ts";
import { requireRunAsUser } from "../appInOrg/runAsUser.ts";

/**
 * Whom and what a spec names is in the org, and the app is one that the org may change: else only a failed deploy would
 * tell.
 *
 * @throws SfError `PackagedConnectedAppError`, `PackageMissingError`, or as the functions for users, permission sets and
 *   profiles
 */
export function requireDeployable(app: AppInOrg): void {
  requireChangeable(app);
  requireRunAsUser(app);
  requirePermissionSets(app);
  requireProfiles(app);
}

function requireChangeable({ desired, org, reading }: AppInOrg): void {
  const namespace = namespaceOf(desired.name);
  if (namespace === undefined) return;
  const messages = messagesOf("deploy");
  if (changeableComponents(desired).length === 0)
    throw messages.createError("packagedConnectedApp", [desired.name, namespace]);
  if (reading.actual === undefined)
    throw messages.createError("packageMissing", [org.name, desired.name, namespace], [org.name]);
}
