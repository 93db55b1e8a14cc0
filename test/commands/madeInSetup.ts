import type { RunningOrg } from "../../src/localorg/start.ts";
import { deploy, manifestXml, namespace, zipOf } from "../localorg/metadataClients.ts";

/** The parts of an external client app: type, folder and suffix, the fullName that Setup gives, and what is in it. */
export const partsOf = (app: string) => [
  {
    type: "ExternalClientApplication",
    path: "externalClientApps/NAME.eca",
    fullName: app,
    inner: `<contactEmail>platform@example.com</contactEmail><distributionState>Local</distributionState><label>${app}</label>`,
  },
  {
    type: "ExtlClntAppGlobalOauthSettings",
    path: "extlClntAppGlobalOauthSets/NAME.ecaGlblOauth",
    fullName: `${app}_GlblOAuth`,
    inner: `<callbackUrl>https://example.com/callback</callbackUrl><externalClientApplication>${app}</externalClientApplication>
      <isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled><isNamedUserJwtEnabled>true</isNamedUserJwtEnabled><label>${app}</label>`,
  },
  {
    type: "ExtlClntAppOauthSettings",
    path: "extlClntAppOauthSettings/NAME.ecaOauth",
    fullName: `${app}OAuthSettings`,
    inner: `<commaSeparatedOauthScopes>Api</commaSeparatedOauthScopes><externalClientApplication>${app}</externalClientApplication><label>${app}</label>`,
  },
  {
    type: "ExtlClntAppOauthConfigurablePolicies",
    path: "extlClntAppOauthPolicies/NAME.ecaOauthPlcy",
    fullName: `${app}OAuthSettings_defaultPolicy`,
    inner: `<clientCredentialsFlowUser>cpq.integration@example.com</clientCredentialsFlowUser><commaSeparatedPermissionSet>CPQ_Integration</commaSeparatedPermissionSet>
      <externalClientApplication>${app}</externalClientApplication><ipRelaxationPolicyType>Enforce</ipRelaxationPolicyType>
      <isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled><label>${app}</label>
      <namedUserJwtSessionTimeoutType>Custom</namedUserJwtSessionTimeoutType><namedUserJwtTimeout>30</namedUserJwtTimeout>
      <permittedUsersPolicyType>AdminApprovedPreAuthorized</permittedUsersPolicyType><refreshTokenPolicyType>Zero</refreshTokenPolicyType>
      <requiredSessionLevel>STANDARD</requiredSessionLevel>`,
  },
  {
    type: "ExtlClntAppConfigurablePolicies",
    path: "extlClntAppPolicies/NAME.ecaPlcy",
    fullName: `${app}_defaultPolicy`,
    inner: `<externalClientApplication>${app}</externalClientApplication><isEnabled>true</isEnabled><isOauthPluginEnabled>true</isOauthPluginEnabled><label>${app}</label>`,
  },
];

/** The files of such an app, by their paths in metadata format. */
export function filesMadeInSetup(app: string): Record<string, string> {
  return Object.fromEntries(
    partsOf(app).map(({ type, path, fullName, inner }) => [
      path.replace("NAME", fullName),
      `<?xml version="1.0" encoding="UTF-8"?>\n<${type} xmlns="${namespace}">${inner}</${type}>\n`,
    ]),
  );
}

/** Puts an app into an org as Setup makes it, with names of parts that no tool would choose. */
export async function makeInSetup(sandbox: RunningOrg, app: string): Promise<void> {
  const members = Object.fromEntries(partsOf(app).map(({ type, fullName }) => [type, [fullName]]));
  const zip = await zipOf({ "package.xml": manifestXml(members), ...filesMadeInSetup(app) });
  const { success, details } = await deploy(sandbox, zip);
  if (!success) throw new Error(JSON.stringify(details?.componentFailures));
}

/** The fullNames of an app's parts in an org, by type. */
export function partNamesIn({ org }: RunningOrg, app: string): Record<string, string[]> {
  const isPart = (content: { children: { name: string; text: string }[] }) =>
    content.children.some(({ name, text }) => name === "externalClientApplication" && text === app);
  const entries = [...org.components].map(([type, components]) => [
    type,
    [...components.values()].filter(({ content }) => isPart(content)).map(({ fullName }) => fullName),
  ]);
  return Object.fromEntries(entries.filter(([, names]) => names?.length));
}
