import { type Context, Hono } from "hono";
import { route } from "../http/salesforceErrors.ts";
import type { Org } from "../org.ts";
import { revokeToken, validToken } from "./accessToken.ts";
import { authenticateClient, parametersOf } from "./clientAuthentication.ts";
import { answerTokenRequest } from "./clientCredentials.ts";
import { answerIdentity, answerUserInfo } from "./identity.ts";
import { answerOAuth, OAuthError } from "./oauthError.ts";
import { allScopes } from "./scopes.ts";
import { publicJwk } from "./signingKey.ts";

/**
 * OAuth and OpenID Connect of one org.
 *
 * @param allOrgs of this process, to which apps may belong that ask here.
 * @param changed Called after each change that must outlive a restart.
 */
export function oauthRoutes(org: Org, allOrgs: readonly Org[], changed: () => void): Hono {
  const app = new Hono();
  app.all("/services/oauth2/token", (context) =>
    answerOAuth(context, () => answerTokenRequest(org, allOrgs, context, changed)),
  );
  app.all("/services/oauth2/introspect", (context) =>
    answerOAuth(context, () => answerIntrospection(org, context)),
  );
  route(app, ["GET", "POST"], "/services/oauth2/revoke", (context) =>
    answerOAuth(context, () => answerRevocation(org, context, changed)),
  );
  route(app, ["GET", "POST"], "/services/oauth2/userinfo", (context) => answerUserInfo(org, context));
  route(app, ["GET"], "/id/keys", (context) => context.json({ keys: [publicJwk(org.signingKey)] }));
  route(app, ["GET", "POST"], "/id/:orgId/:userId", (context) => answerIdentity(org, context));
  route(app, ["GET"], "/.well-known/openid-configuration", (context) => context.json(discoveryDocument(org)));
  return app;
}

/**
 * Tells an app whether a token is active. An app sees its own tokens only, unless it may introspect all.
 *
 * @throws OAuthError if the client's credentials are wrong, or the request holds no token
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oidc_token_introspection_endpoint.htm
 */
async function answerIntrospection(org: Org, context: Context): Promise<Record<string, unknown>> {
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

/**
 * Revokes the token of a request: 200 without a body.
 *
 * @throws OAuthError if there is no token, or it is not valid (any more)
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_revoke_token.htm
 */
async function answerRevocation(org: Org, context: Context, changed: () => void): Promise<Response> {
  const token = (await parametersOf(context)).get("token");
  if (!token || !(await revokeToken(org, token))) throw new OAuthError("invalid_token", "invalid token");
  changed();
  return context.body(null, 200);
}

/**
 * The OpenID Connect discovery document of an org.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_using_openid_discovery_endpoint.htm
 */
function discoveryDocument({ myDomainUrl }: Org): Record<string, unknown> {
  return {
    end_session_endpoint: `${myDomainUrl}/services/auth/idp/oidc/logout`,
    frontchannel_logout_supported: true,
    frontchannel_logout_session_supported: false,
    issuer: myDomainUrl,
    authorization_endpoint: `${myDomainUrl}/services/oauth2/authorize`,
    token_endpoint: `${myDomainUrl}/services/oauth2/token`,
    revocation_endpoint: `${myDomainUrl}/services/oauth2/revoke`,
    userinfo_endpoint: `${myDomainUrl}/services/oauth2/userinfo`,
    jwks_uri: `${myDomainUrl}/id/keys`,
    registration_endpoint: `${myDomainUrl}/services/oauth2/register`,
    introspection_endpoint: `${myDomainUrl}/services/oauth2/introspect`,
    scopes_supported: allScopes,
    response_types_supported: ["code", "token", "token id_token"],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["RS256"],
    display_values_supported: ["page", "popup", "touch"],
    token_endpoint_auth_methods_supported: ["client_secret_post", "client_secret_basic", "private_key_jwt"],
    claims_supported: [
      "active",
      "address",
      "email",
      "email_verified",
      "family_name",
      "given_name",
      "is_app_installed",
      "language",
      "locale",
      "name",
      "nickname",
      "organization_id",
      "phone_number",
      "phone_number_verified",
      "photos",
      "picture",
      "preferred_username",
      "profile",
      "sub",
      "updated_at",
      "urls",
      "user_id",
      "user_type",
      "zoneinfo",
    ],
  };
}
