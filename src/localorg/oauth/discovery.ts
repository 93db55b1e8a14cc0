import type { Org } from "../org.ts";
import { allScopes } from "./scopes.ts";

/**
 * The OpenID Connect discovery document of an org.
 *
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_using_openid_discovery_endpoint.htm
 */
export function discoveryDocument({ myDomainUrl }: Org): Record<string, unknown> {
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
