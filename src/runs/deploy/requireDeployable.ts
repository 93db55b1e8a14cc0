import { namespaceOf } from "../../app/apiName.ts";
import { messagesOf } from "../../messages.ts";
import { changeableComponents } from "../../metadata/packagedApp.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { requirePermissionSets } from "../appInOrg/permissionSets.ts";
import { requireProfiles } from "../appInOrg/profiles.ts";
import { requireRunAsUser } from "../appInOrg/runAsUser.ts";

/**
 * Makes sure that the users, permission sets and profiles of a spec exist in the org, and that the org may change the
 * app. Otherwise only a failed deploy would show it.
 *
 * @throws SfError `PackagedConnectedAppError`, `PackageMissingError`, or as the functions for users, permission sets
 *   and profiles
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
