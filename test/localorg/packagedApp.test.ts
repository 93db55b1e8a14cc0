import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { OrgConsumer } from "../../src/localorg/org.ts";
import { installPackagedApp } from "../../src/localorg/packagedApp.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { getWithToken, postForm, startSandbox } from "./clients.ts";
import { addConnectedApp, cpqApp } from "./connectedApp.ts";
import { appXml, connect, deploy, manifestXml, namespace, problemsOf, zipOf } from "./metadataClients.ts";

// Reported from live orgs: the application and its OAuth settings come with the package, the policies are the
// subscriber's own and have no namespace.

let sandbox: LocalOrg;
let consumer: OrgConsumer;

const app = {
  namespace: "vendor",
  name: "Quote_App",
  label: "Quote App",
  scopes: ["Api"],
  globalOauthSettings: { isClientCredentialsFlowEnabled: "true", isNamedUserJwtEnabled: "true" },
};
const application = "vendor__Quote_App";

beforeEach(async () => {
  sandbox = await startSandbox();
  consumer = installPackagedApp(sandbox.org, app);
});
afterEach(() => sandbox.stop());

const list = (type: string) => connect(sandbox).metadata.list([{ type }], "67.0");

async function deployOne(type: string, path: string, elements: string) {
  const fullName = path.slice(path.indexOf("/") + 1, path.lastIndexOf("."));
  const content = `<${type} xmlns="${namespace}">${elements}</${type}>`;
  const zip = await zipOf({ "package.xml": manifestXml({ [type]: [fullName] }), [path]: content });
  return (await deploy(sandbox, zip)).details.componentFailures.map(({ problem }) => problem);
}

const policies = (elements: string, fullName = "Quote_App_oauth_defaultPolicy") =>
  deployOne(
    "ExtlClntAppOauthConfigurablePolicies",
    `extlClntAppOauthPolicies/${fullName}.ecaOauthPlcy`,
    elements,
  );

test("its application and OAuth settings are listed as installed, its policies as the org's own", async () => {
  expect(await list("ExternalClientApplication")).toMatchObject([
    { fullName: application, manageableState: "installed", namespacePrefix: "vendor" },
  ]);
  expect(await list("ExtlClntAppOauthSettings")).toMatchObject([
    { fullName: "vendor__Quote_App_oauth", manageableState: "installed" },
  ]);
  expect(await list("ExtlClntAppGlobalOauthSettings")).toEqual([]);
  const [oauthPolicies] = await list("ExtlClntAppOauthConfigurablePolicies");
  expect(oauthPolicies).toMatchObject({
    fullName: "Quote_App_oauth_defaultPolicy",
    manageableState: "unmanaged",
  });
  expect(oauthPolicies).not.toHaveProperty("namespacePrefix");
  expect(await list("ExtlClntAppConfigurablePolicies")).toMatchObject([
    { fullName: "Quote_App_defaultPolicy" },
  ]);
});

test("SOQL tells the name and the namespace apart", async () => {
  const { records } = await connect(sandbox).query(
    "SELECT DeveloperName, NamespacePrefix, DistributionState FROM ExternalClientApplication",
  );
  expect(records).toMatchObject([
    { DeveloperName: "Quote_App", NamespacePrefix: "vendor", DistributionState: "Managed" },
  ]);
});

test("its policies are deployed under their own names, and let a Run As user in", async () => {
  const elements = `<clientCredentialsFlowUser>cpq.integration@example.com</clientCredentialsFlowUser><externalClientApplication>${application}</externalClientApplication><isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled><namedUserJwtSessionTimeoutType>Custom</namedUserJwtSessionTimeoutType><namedUserJwtTimeout>60</namedUserJwtTimeout>`;
  expect(await policies(elements)).toEqual([]);
  const response = await postForm(`${sandbox.org.myDomainUrl}/services/oauth2/token`, {
    grant_type: "client_credentials",
    client_id: consumer.consumerKey,
    client_secret: consumer.consumerSecret,
  });
  expect(await response.json()).toMatchObject({ token_format: "jwt", scope: "api" });
});

test("nothing with the namespace can be created or changed, and no second policies are taken", async () => {
  const reference = `<externalClientApplication>${application}</externalClientApplication>`;
  expect(
    await deployOne(
      "ExternalClientApplication",
      `externalClientApps/${application}.eca`,
      "<label>Other</label>",
    ),
  ).toEqual([
    `Cannot modify managed object: entity=ExternalClientApplication, component=${application}, state=installed`,
  ]);
  expect((await policies(reference, "vendor__Quote_App_policies")).join()).toContain(
    "Cannot create a new component with the namespace: vendor",
  );
  expect(await policies(reference, "Quote_App_policies")).toEqual([
    "duplicate value found: ExternalClientApplicationId duplicates value on Quote_App_oauth_defaultPolicy",
  ]);
});

test("a connected app of a package is listed as installed, and stays as it is", async () => {
  addConnectedApp(sandbox.org, cpqApp, { name: "vendor__Old_App" });
  expect(await list("ConnectedApp")).toMatchObject([
    { fullName: "vendor__Old_App", manageableState: "installed", namespacePrefix: "vendor" },
  ]);
  expect(await problemsOf(sandbox, appXml(""), "vendor__Old_App")).toEqual([
    "Cannot modify managed object: entity=ConnectedApp, component=vendor__Old_App, state=installed",
  ]);
});

test("its credentials are the vendor's, and not read in the subscriber's org", async () => {
  const type = "Settings";
  await deploy(
    sandbox,
    await zipOf({
      "package.xml": manifestXml({ [type]: ["ExternalClientApp"] }),
      "settings/ExternalClientApp.settings": `<ExternalClientAppSettings xmlns="${namespace}"><enableClientSecretInRestApiAccess>true</enableClientSecretInRestApiAccess></ExternalClientAppSettings>`,
    }),
  );
  const { id } = sandbox.org.components.get("ExternalClientApplication")?.get(application) ?? {};
  const url = `${sandbox.org.myDomainUrl}/services/data/v67.0/apps/oauth/credentials/${id}`;
  expect((await getWithToken(url, sandbox.accessToken)).status).toBe(404);
});

test("it is still there after a restart", async () => {
  const dataFolder = await mkdtemp(join(tmpdir(), "localorg-"));
  const first = await startSandbox({ dataFolder });
  installPackagedApp(first.org, app);
  await first.stop();
  const second = await startSandbox({ dataFolder });
  expect(second.org.components).toEqual(first.org.components);
  expect(second.org.components.get("ExternalClientApplication")?.has(application)).toBe(true);
  await second.stop();
  await rm(dataFolder, { recursive: true });
});
