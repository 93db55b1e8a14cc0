import type { Context } from "hono";
import { RestError } from "../http/salesforceErrors.ts";
import { validToken } from "../oauth/accessToken.ts";
import { bearerToken } from "../oauth/bearerToken.ts";
import { allowsApi } from "../oauth/scopes.ts";
import type { Org, OrgUser } from "../org.ts";
import { hasPermission } from "../userPermissions.ts";

/**
 * The user who calls a REST API.
 *
 * @throws RestError if there is no valid token, its scopes do not reach the API, or its user has no API access
 */
export async function apiUser(org: Org, context: Context): Promise<OrgUser> {
  if (context.req.header("Authorization") !== undefined && bearerToken(context) === undefined) {
    throw new RestError(401, "INVALID_AUTH_HEADER", "INVALID_HEADER_TYPE");
  }
  const found = await validToken(org, bearerToken(context) ?? "");
  if (!found) throw new RestError(401, "INVALID_SESSION_ID", "Session expired or invalid");
  if (!allowsApi(found.scopes)) {
    throw new RestError(401, "INVALID_SESSION_ID", "This session is not valid for use with the REST API");
  }
  if (!hasPermission(org, found.user, "ApiEnabled")) {
    throw new RestError(403, "API_CURRENTLY_DISABLED", "API is disabled for this User");
  }
  return found.user;
}
