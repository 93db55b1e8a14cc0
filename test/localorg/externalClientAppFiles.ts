import type { RunningOrg } from "../../src/localorg/start.ts";
import { deploy, manifestXml, namespace, zipOf } from "./metadataClients.ts";

/** Texts of elements by name. */
type Texts = Record<string, string>;

/** The files of an external client app; `undefined` leaves one out. */
export interface Files {
  app?: Texts | undefined;
  oauth?: Texts | undefined;
  global?: Texts | undefined;
  oauthPolicies?: Texts | undefined;
  policies?: Texts | undefined;
  settings?: Texts | undefined;
}

const fileKinds: Record<keyof Files, { type: string; root?: string; path: string; fullName: string }> = {
  app: {
    type: "ExternalClientApplication",
    path: "externalClientApps/CPQ_Admin.eca",
    fullName: "CPQ_Admin",
  },
  oauth: {
    type: "ExtlClntAppOauthSettings",
    path: "extlClntAppOauthSettings/CPQ_Admin_oauth.ecaOauth",
    fullName: "CPQ_Admin_oauth",
  },
  global: {
    type: "ExtlClntAppGlobalOauthSettings",
    path: "extlClntAppGlobalOauthSets/CPQ_Admin_glbloauth.ecaGlblOauth",
    fullName: "CPQ_Admin_glbloauth",
  },
  oauthPolicies: {
    type: "ExtlClntAppOauthConfigurablePolicies",
    path: "extlClntAppOauthPolicies/CPQ_Admin_oauthPlcy.ecaOauthPlcy",
    fullName: "CPQ_Admin_oauthPlcy",
  },
  policies: {
    type: "ExtlClntAppConfigurablePolicies",
    path: "extlClntAppPolicies/CPQ_Admin_plcy.ecaPlcy",
    fullName: "CPQ_Admin_plcy",
  },
  settings: {
    type: "Settings",
    root: "ExternalClientAppSettings",
    path: "settings/ExternalClientApp.settings",
    fullName: "ExternalClientApp",
  },
};

const externalClientApplication = "CPQ_Admin";

/** An external client app for the client credentials flow with JWTs of 60 minutes, run as the integration user. */
export const cpqAdmin = {
  app: { contactEmail: "platform@example.com", distributionState: "Local", label: "CPQ Admin" },
  oauth: { commaSeparatedOauthScopes: "Api,Profile,Email,OfflineAccess", externalClientApplication },
  global: {
    callbackUrl: "https://login.example.com/callback",
    externalClientApplication,
    isClientCredentialsFlowEnabled: "true",
    isNamedUserJwtEnabled: "true",
  },
  oauthPolicies: {
    clientCredentialsFlowUser: "cpq.integration@example.com",
    commaSeparatedPermissionSet: "CPQ_Integration",
    externalClientApplication,
    isClientCredentialsFlowEnabled: "true",
    namedUserJwtSessionTimeoutType: "Custom",
    namedUserJwtTimeout: "60",
    permittedUsersPolicyType: "AdminApprovedPreAuthorized",
  },
  policies: { externalClientApplication, isEnabled: "true", isOauthPluginEnabled: "true" },
} satisfies Files;

/** Deploys some files of an app. */
export async function deployFiles(sandbox: RunningOrg, files: Files, options: object = {}) {
  const contents: Record<string, string> = {};
  const types: Record<string, string[]> = {};
  for (const [kind, texts] of Object.entries(files)) {
    const { type, root = type, path, fullName } = fileKinds[kind as keyof Files];
    if (!texts) continue;
    types[type] = [fullName];
    // Alphabetical, as the Metadata API guide has them.
    const sorted = Object.entries(texts).sort(([one], [other]) => (one < other ? -1 : 1));
    const elements = sorted.map(([name, text]) => `<${name}>${text}</${name}>`);
    contents[path] = `<${root} xmlns="${namespace}">${elements.join("")}</${root}>`;
  }
  return deploy(sandbox, await zipOf({ "package.xml": manifestXml(types), ...contents }), options);
}

/** Deploys some files of an app, and gives back what was wrong with them. */
export async function problemsWith(sandbox: RunningOrg, files: Files): Promise<string[]> {
  const { details } = await deployFiles(sandbox, files);
  return details.componentFailures.map(({ problem }) => problem ?? "");
}

/** The app above with other texts in its files; an empty text leaves an element out. */
export function cpqAdminWith(changes: Files): Files {
  const files: Files = { ...cpqAdmin };
  for (const [kind, texts] of Object.entries(changes)) {
    const merged = Object.entries<string>({ ...files[kind as keyof Files], ...texts });
    files[kind as keyof Files] = Object.fromEntries(merged.filter(([, text]) => text !== ""));
  }
  return files;
}
