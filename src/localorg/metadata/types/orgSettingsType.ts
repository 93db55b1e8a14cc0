import { ComponentProblem } from "./componentProblem.ts";
import { canonical } from "./connectedAppContent.ts";
import { genericType } from "./genericType.ts";
import { type ComplexType, optional } from "./schema.ts";

/** The elements of the org's settings for external client apps. */
export const externalClientAppSettingsSchema: ComplexType = {
  name: "ExternalClientAppSettings",
  elements: {
    enableClientSecretInRestApiAccess: optional("boolean"),
    enableConsumerSecretApiAccess: optional("boolean"),
    enablePackageEcaOauthFromDevOrg: optional("boolean"),
    fullName: optional("string"),
  },
};

/** The elements of the org's settings for connected apps, API Access Control among them. */
export const connectedAppSettingsSchema: ComplexType = {
  name: "ConnectedAppSettings",
  elements: {
    enableAdminApprovedAppsOnly: optional("boolean"),
    enableAdminApprovedAppsOnlyForExternalUser: optional("boolean"),
    enableSkipUserProvisioningWizardWelcomePage: optional("boolean"),
    fullName: optional("string"),
  },
};

/**
 * The elements of the org's settings for OAuth flows. None of them is about the client credentials flow:
 * `oAuthCdCrdtFlowEnable` is the Authorization Code and Credentials Flow.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_oauthoidcsettings.htm
 */
export const oauthOidcSettingsSchema: ComplexType = {
  name: "OauthOidcSettings",
  elements: {
    agentAuthLinking: optional("boolean"),
    blockOAuthUnPwFlow: optional("boolean"),
    blockOAuthUsrAgtFlow: optional("boolean"),
    fullName: optional("string"),
    isPkceRequired: optional("boolean"),
    oAuthCdCrdtFlowEnable: optional("boolean"),
  },
};

const schemas: Record<string, ComplexType> = {
  ConnectedApp: connectedAppSettingsSchema,
  ExternalClientApp: externalClientAppSettingsSchema,
  OauthOidc: oauthOidcSettingsSchema,
};

/**
 * The settings of the org, of which a local one has those of its apps. They cannot be deleted.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_settings.htm
 */
export const orgSettingsType = genericType({
  name: "Settings",
  schemaOf,
  directoryName: "settings",
  suffix: "settings",
  keyPrefix: "0xS",
  prepare: (_context, { content, fullName }) => ({ content: canonical(content, schemaOf(fullName)) }),
  removed: "refused",
});

function schemaOf(fullName: string): ComplexType {
  const schema = Object.hasOwn(schemas, fullName) ? schemas[fullName] : undefined;
  if (!schema) throw new ComponentProblem(`In this org there are no settings named ${fullName}`);
  return schema;
}
