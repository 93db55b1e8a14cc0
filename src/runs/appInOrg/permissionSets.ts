import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import { assignPermissionSet, readAssignments } from "../../org/permissionSets.ts";
import type { AppInOrg } from "./appInOrg.ts";
import { runAsUser } from "./runAsUser.ts";

const path = "policy.permissionSets";

/**
 * A permission set that the org does not have would otherwise only be found out by a failed deploy.
 *
 * @throws SfError `PermissionSetNotFoundError`
 */
export function requirePermissionSets({ loaded, desired, org, reading }: AppInOrg): void {
  const known = reading.permissionSets;
  for (const wanted of desired.settings[path] ?? []) {
    if (known.some(({ name, label }) => name === wanted || label === wanted)) continue;
    const place = placeOf(loaded.locate(path));
    throw messagesOf("deploy").createError("permissionSetNotFound", [place, wanted, org.name], [org.name]);
  }
}

/**
 * Gives the Run As user the first of the spec's permission sets, unless the user has one of them.
 *
 * @returns the API name of what was assigned, or undefined where nothing was to do
 */
export async function assignToRunAsUser({ desired, org, reading }: AppInOrg): Promise<string | undefined> {
  const user = runAsUser(desired, reading);
  const [first] = reading.permissionSets;
  if (user === undefined || first === undefined) return undefined;
  if ((await readAssignments(org, [user.id], reading.permissionSets)).size > 0) return undefined;
  await assignPermissionSet(org, user.id, first.id);
  return first.name;
}
