import { type Context, Hono } from "hono";
import { administrator } from "../administrator.ts";
import { RestError } from "../http/salesforceErrors.ts";
import type { Org } from "../org.ts";
import { derivedId, fullId } from "../salesforceId.ts";
import { apiUser } from "./authentication.ts";

/**
 * The only record that a local org lets be created: the assignment of a permission set to a user.
 *
 * @param changed Called after an assignment, so that an org with a data folder is saved.
 */
export function permissionSetAssignmentRoutes(org: Org, changed: () => void): Hono {
  const app = new Hono();
  app.post("/services/data/:version/sobjects/PermissionSetAssignment", async (context) => {
    const caller = await apiUser(org, context);
    if (caller.profileName !== administrator(org).profileName) {
      throw new RestError(403, "INSUFFICIENT_ACCESS", "insufficient access rights on cross-reference id");
    }
    const { user, permissionSet } = await assignmentOf(org, context);
    if (user.permissionSets.includes(permissionSet.name)) {
      throw new RestError(400, "DUPLICATE_VALUE", "Duplicate PermissionSetAssignment.");
    }
    user.permissionSets.push(permissionSet.name);
    changed();
    const id = derivedId("0Pa", user.id, permissionSet.id);
    return context.json({ id, success: true, errors: [] }, 201);
  });
  return app;
}

async function assignmentOf(org: Org, context: Context) {
  const body: unknown = await context.req.json().catch(() => {
    throw new RestError(400, "JSON_PARSER_ERROR", "The body is no JSON.");
  });
  const { AssigneeId, PermissionSetId } = (body ?? {}) as Record<string, unknown>;
  const user = org.users.find(({ id }) => id === fullId(String(AssigneeId)));
  const permissionSet = org.permissionSets.find(({ id }) => id === fullId(String(PermissionSetId)));
  if (AssigneeId === undefined || PermissionSetId === undefined) {
    throw new RestError(
      400,
      "REQUIRED_FIELD_MISSING",
      "Required fields are missing: [AssigneeId, PermissionSetId]",
    );
  }
  if (!user || !permissionSet) {
    throw new RestError(400, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
  }
  return { user, permissionSet };
}
