import { namespaceOf } from "../../app/apiName.ts";
import { namedBy } from "../../app/namesInOrg.ts";
import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import { changeableComponents } from "../../metadata/packagedApp.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { requirePermissionSets } from "../appInOrg/permissionSets.ts";
import { requireRunAsUser } from "../appInOrg/runAsUser.ts";

/**
 * Makes sure that the users, permission sets and profiles of a spec exist in the org, and that the org may change the
 * app. Otherwise only a failed deploy would show it.
 *
 * @throws SfError `PackagedConnectedAppError`, `PackageMissingError`, `ProfileNotFoundError`, or as the
 *   functions for users and permission sets
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

/**
 * Without this, only a failed deploy would show that the org does not have a profile. Connected apps use the metadata
 * names of profiles, so only those of external client apps are looked for.
 *
 * @throws SfError `ProfileNotFoundError`
 */
function requireProfiles({ spec, desired, org, reading }: AppInOrg): void {
  if (desired.kind !== "ExternalClientApp") return;
  const missing = desired.settings["policy.profiles"]?.find(
    (name) => namedBy(name, reading.profiles).length === 0,
  );
  if (missing === undefined) return;
  const place = placeOf(spec.locate("policy.profiles"));
  throw messagesOf("deploy").createError("profileNotFound", [place, missing, org.name], [org.name]);
}
