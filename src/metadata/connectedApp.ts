import { scopeMetadataNames } from "../app/scopes.ts";
import { flag, lines, minutes, refreshTokenPolicy, repeated, repeatedWords, text, words } from "./codecs.ts";
import { fieldsOf } from "./fields.ts";
import type { Kind } from "./kind.ts";

const type = "ConnectedApp";

const field = fieldsOf(type);

/**
 * The connected app: one component holds everything, the timeout of its JWT-based access tokens aside.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm
 */
export const connectedApp: Kind = {
  name: type,
  components: [{ type, folder: "connectedApps", suffix: "connectedApp", fullName: (appName) => appName }],
  fields: [
    field("label", "label", text),
    field("contactEmail", "contactEmail", text),
    field("contactPhone", "contactPhone", text),
    field("description", "description", text),
    field("iconUrl", "iconUrl", text),
    field("infoUrl", "infoUrl", text),
    field("logoUrl", "logoUrl", text),
    field("startUrl", "startUrl", text),
    field("mobileStartUrl", "mobileStartUrl", text),
    field("oauth.callbackUrl", "oauthConfig/callbackUrl", lines),
    field("oauth.scopes", "oauthConfig/scopes", repeatedWords(scopeMetadataNames)),
    field("oauth.clientCredentials.enabled", "oauthConfig/isClientCredentialEnabled", flag),
    field("oauth.clientCredentials.runAs", "oauthConfig/oauthClientCredentialUser", text),
    field(
      "oauth.accessToken.format",
      "oauthConfig/isNamedUserJwtEnabled",
      words({ jwt: "true", opaque: "false" }),
    ),
    field("oauth.certificate", "oauthConfig/certificate", text),
    field("oauth.singleLogoutUrl", "oauthConfig/singleLogoutUrl", text),
    field("oauth.codeCredentials.enabled", "oauthConfig/isCodeCredentialEnabled", flag),
    field("oauth.codeCredentials.postOnly", "oauthConfig/isCodeCredentialPostOnly", flag),
    field("oauth.deviceFlow", "oauthConfig/isDeviceFlowEnabled", flag),
    field("oauth.dpop", "oauthConfig/isDPopEnabled", flag),
    field("oauth.introspectAllTokens", "oauthConfig/isIntrospectAllTokens", flag),
    field("oauth.ipBinding", "oauthConfig/isIpBindingEnabled", flag),
    field("oauth.mutualTls", "oauthConfig/isPKImTLSEnabled", flag),
    field("oauth.requirePkce", "oauthConfig/isPkceRequired", flag),
    field("oauth.refreshToken.enforceLifetime", "oauthConfig/isEnforceRefreshTokenTTL", flag),
    field("oauth.refreshToken.requireSecret", "oauthConfig/isSecretRequiredForRefreshToken", flag),
    field("oauth.refreshToken.rotate", "oauthConfig/isRefreshTokenRotationEnabled", flag),
    field("oauth.tokenExchange.enabled", "oauthConfig/isTokenExchangeEnabled", flag),
    field("oauth.tokenExchange.requireSecret", "oauthConfig/isSecretRequiredForTokenExchange", flag),
    field("oauth.webServerFlow.secretOptional", "oauthConfig/isConsumerSecretOptional", flag),
    field(
      "policy.permittedUsers",
      "oauthConfig/isAdminApproved",
      words({ adminApproved: "true", selfAuthorized: "false" }),
    ),
    field("policy.permissionSets", "permissionSetName", repeated),
    field("policy.profiles", "profileName", repeated),
    field(
      "policy.ipRelaxation",
      "oauthPolicy/ipRelaxation",
      words({
        enforce: "ENFORCE",
        bypass: "BYPASS",
        bypass2Factor: "BYPASS_2FACTOR",
        enforceRelaxRefresh: "ENFORCE_RELAXREFRESH",
      }),
      { required: "enforce" },
    ),
    field("policy.refreshToken", "oauthPolicy/refreshTokenPolicy", refreshTokenPolicy, {
      required: "infinite",
    }),
    field("policy.singleLogoutUrl", "oauthPolicy/singleLogoutUrl", text),
    field("policy.tokenExchange", "oauthPolicy/isTokenExchangeFlowEnabled", flag),
    field("policy.session.action", "sessionPolicy/policyAction", text),
    field("policy.session.level", "sessionPolicy/sessionLevel", text),
    field("policy.session.timeout", "sessionPolicy/sessionTimeout", minutes),
  ],
  constants: [],
  setupOnly: ["oauth.accessToken.timeout"],
  consumer: {
    component: type,
    key: "oauthConfig/consumerKey",
    secret: "oauthConfig/consumerSecret",
    madeBy: "tool",
  },
};
