import type { Context } from "hono";
import type { Org } from "../org.ts";
import { revokeToken } from "./accessToken.ts";
import { parametersOf } from "./clientAuthentication.ts";
import { OAuthError } from "./oauthError.ts";

/**
 * Revokes the token of a request: 200 without a body.
 *
 * @throws OAuthError if there is no token, or it is not valid (any more)
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_revoke_token.htm
 */
export async function answerRevocation(org: Org, context: Context, changed: () => void): Promise<Response> {
  const token = (await parametersOf(context)).get("token");
  if (!token || !(await revokeToken(org, token))) throw new OAuthError("invalid_token", "invalid token");
  changed();
  return context.body(null, 200);
}
