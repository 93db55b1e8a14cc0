import type { Context } from "hono";
import type { Org } from "../org.ts";
import { validToken } from "./accessToken.ts";
import { authenticateClient, parametersOf } from "./clientAuthentication.ts";
import { OAuthError } from "./oauthError.ts";

/**
 * Tells an app whether a token is active. An app sees its own tokens only, unless it may introspect all.
 *
 * @throws OAuthError if the client's credentials are wrong, or the request holds no token
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oidc_token_introspection_endpoint.htm
 */
export async function answerIntrospection(org: Org, context: Context): Promise<Record<string, unknown>> {
  if (context.req.method !== "POST") throw new OAuthError("invalid_request", "must use HTTP POST");
  const parameters = await parametersOf(context);
  const app = authenticateClient(org, context, parameters);
  const token = parameters.get("token");
  if (!token) throw new OAuthError("invalid_request", "missing required parameter: token");
  const found = await validToken(org, token);
  if (!found || (found.consumerKey !== app.consumerKey && !app.introspectsAllTokens))
    return { active: false };
  const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000);
  return {
    active: true,
    scope: found.scopes.join(" "),
    client_id: found.consumerKey,
    username: found.user.username,
    sub: `${org.myDomainUrl}/id/${org.id}/${found.user.id}`,
    token_type: "access_token",
    ...(found.expiresAt === undefined ? {} : { exp: seconds(found.expiresAt) }),
    iat: seconds(found.issuedAt),
    nbf: seconds(found.issuedAt),
  };
}
