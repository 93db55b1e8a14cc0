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
