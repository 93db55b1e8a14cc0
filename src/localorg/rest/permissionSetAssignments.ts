import type { Context } from "hono";
import { z } from "zod";
import { RestError } from "../http/salesforceErrors.ts";
import { assignmentId } from "../objects/permissions.ts";
import type { Org } from "../org.ts";
import { fullId } from "../salesforceId.ts";
import { hasPermission } from "../userPermissions.ts";
import { apiUser } from "./authentication.ts";

const body = z.object({ AssigneeId: z.string().optional(), PermissionSetId: z.string().optional() });

/**
 * Assigns a permission set to a user.
 *
 * @param changed Called when the user has got it.
 * @throws RestError if the caller may not do so, or the request names no user or no permission set
 */
export async function assignPermissionSet(
  org: Org,
  context: Context,
  changed: () => void,
): Promise<Response> {
  await requireAssigner(org, context);
  const parsed = body.safeParse(await context.req.json().catch(() => undefined));
  if (!parsed.success) {
    throw new RestError(400, "JSON_PARSER_ERROR", "The body is not a PermissionSetAssignment in JSON.");
  }
  const { AssigneeId = "", PermissionSetId = "" } = parsed.data;
  const missing = Object.entries({ AssigneeId, PermissionSetId }).filter(([, value]) => value === "");
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(", ");
    throw new RestError(400, "REQUIRED_FIELD_MISSING", `Required fields are missing: [${names}]`);
  }
  const user = org.users.find(({ id }) => id === fullId(AssigneeId));
  const permissionSet = org.permissionSets.find(({ id }) => id === fullId(PermissionSetId));
  if (!user || !permissionSet) {
    throw new RestError(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  }
  if (user.permissionSets.includes(permissionSet.name)) {
    const message = `Duplicate PermissionSetAssignment. Assignee: ${user.id}; Permission Set: ${permissionSet.id}`;
    throw new RestError(400, "DUPLICATE_VALUE", message);
  }
  user.permissionSets.push(permissionSet.name);
  changed();
  return context.json({ id: assignmentId(user.id, permissionSet.id), success: true, errors: [] }, 201);
}

/**
 * Takes a permission set from a user.
 *
 * @param changed Called when the user has lost it.
 * @throws RestError if the caller may not do so, or there is no such assignment
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_delete_record.htm
 */
export async function unassignPermissionSet(
  org: Org,
  context: Context,
  changed: () => void,
): Promise<Response> {
  await requireAssigner(org, context);
  const id = fullId(context.req.param("id") ?? "");
  for (const user of org.users) {
    const name = user.permissionSets.find((assigned) =>
      org.permissionSets.some((set) => set.name === assigned && assignmentId(user.id, set.id) === id),
    );
    if (name === undefined) continue;
    user.permissionSets = user.permissionSets.filter((assigned) => assigned !== name);
    changed();
    return context.body(null, 204);
  }
  throw new RestError(404, "ENTITY_IS_DELETED", "entity is deleted");
}

async function requireAssigner(org: Org, context: Context): Promise<void> {
  if (!hasPermission(org, await apiUser(org, context), "AssignPermissionSets")) {
    throw new RestError(
      403,
      "INSUFFICIENT_ACCESS_OR_READONLY",
      "The user permission Assign Permission Sets is required.",
    );
  }
}
