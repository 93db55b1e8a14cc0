import { validToken } from "../oauth/accessToken.ts";
import { allowsApi } from "../oauth/scopes.ts";
import type { Org, OrgUser } from "../org.ts";
import { hasPermission } from "../userPermissions.ts";

/** What a user who may not change metadata is told. */
export const notAllowed =
  "use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions";

/** Whether a user may use the Metadata API. */
export function mayChangeMetadata(org: Org, user: OrgUser): boolean {
  return hasPermission(org, user, "ModifyAllData") || hasPermission(org, user, "ModifyMetadata");
}

/** The user behind a session Id or access token. JWT-based tokens are not SOAP sessions (below API 68). */
export async function metadataUser(
  org: Org,
  token: string,
  protocol: "soap" | "rest",
): Promise<OrgUser | undefined> {
  const found = await validToken(org, token);
  if (!found || !hasPermission(org, found.user, "ApiEnabled") || !allowsApi(found.scopes)) return undefined;
  return protocol === "soap" && found.format === "jwt" ? undefined : found.user;
}
