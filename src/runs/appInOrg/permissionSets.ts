import { namedBy } from "../../app/namesInOrg.ts";
import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import { assignPermissionSet, readAssignments } from "../../org/permissionSets.ts";
import type { Assigned } from "../../results/journal.ts";
import type { AppInOrg } from "./appInOrg.ts";
import { runAsUser } from "./runAsUser.ts";

const path = "policy.permissionSets";

/**
 * Without this, only a failed deploy would show that the org does not have a permission set.
 *
 * @throws SfError `PermissionSetNotFoundError` or `PermissionSetAmbiguousError`
 */
export function requirePermissionSets({ spec, desired, org, reading }: AppInOrg): void {
  const messages = messagesOf("deploy");
  for (const wanted of desired.settings[path] ?? []) {
    const found = namedBy(wanted, reading.permissionSets);
    if (found.length === 1) continue;
    const place = placeOf(spec.locate(path));
    if (found.length === 0)
      throw messages.createError("permissionSetNotFound", [place, wanted, org.name], [org.name]);
    const names = found.map(({ name }) => name).join(", ");
    throw messages.createError("permissionSetAmbiguous", [place, wanted, org.name, names]);
  }
}

/**
 * Gives the Run As user the first of the spec's permission sets, unless the user already has one of them.
 *
 * @param onAssign is told before it is done
 * @returns the API name of what was assigned, or undefined if nothing had to be done
 */
export async function assignToRunAsUser(
  { desired, org, reading }: AppInOrg,
  onAssign: (assigned: Assigned) => void,
): Promise<string | undefined> {
  const user = runAsUser(desired, reading);
  const [first] = namedBy(desired.settings[path]?.[0] ?? "", reading.permissionSets);
  if (user === undefined || first === undefined) return undefined;
  const assigned = await readAssignments(org, [user.username], desired.settings[path] ?? []);
  if (assigned.size > 0) return undefined;
  onAssign({ userId: user.id, permissionSetId: first.id, name: first.name });
  await assignPermissionSet(org, user.id, first.id);
  return first.name;
}
