import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox } from "./clients.ts";
import { cpqAdmin, cpqAdminWith, deployFiles, problemsWith } from "./externalClientAppFiles.ts";
import { connect, deploy, manifestXml, namespace, zipOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

const global = () => sandbox.org.components.get("ExtlClntAppGlobalOauthSettings")?.get("CPQ_Admin_glbloauth");

const read = (type: string, fullName: string) =>
  connect(sandbox).metadata.read(type as never, fullName) as Promise<Record<string, unknown>>;

const namesOf = async (type: string) => {
  const found = await connect(sandbox).metadata.list([{ type }], "67.0");
  return found.map(({ fullName }) => fullName);
};

const { app, oauth, global: globalSettings, oauthPolicies, policies } = cpqAdmin;

// Reported from live orgs, and what CumulusCI and sfdx-hardis rely on.
describe("the policies that the org makes itself", () => {
  test("are there after a deploy of the other three, under the org's names, with the org's defaults", async () => {
    const result = await deployFiles(sandbox, { app, oauth, global: globalSettings });
    expect(result).toMatchObject({ success: true, numberComponentsDeployed: 3 });
    expect(await read("ExtlClntAppOauthConfigurablePolicies", "CPQ_Admin_oauth_defaultPolicy")).toEqual({
      fullName: "CPQ_Admin_oauth_defaultPolicy",
      externalClientApplication: "CPQ_Admin",
      ipRelaxationPolicyType: "Enforce",
      isClientCredentialsFlowEnabled: "false",
      isGuestCodeCredFlowEnabled: "false",
      isTokenExchangeFlowEnabled: "false",
      label: "CPQ_Admin_oauth_defaultPolicy",
      permittedUsersPolicyType: "AllSelfAuthorized",
      refreshTokenPolicyType: "SpecificLifetime",
      refreshTokenValidityPeriod: "365",
      refreshTokenValidityUnit: "Days",
      requiredSessionLevel: "STANDARD",
    });
    expect(await read("ExtlClntAppConfigurablePolicies", "CPQ_Admin_defaultPolicy")).toEqual({
      fullName: "CPQ_Admin_defaultPolicy",
      externalClientApplication: "CPQ_Admin",
      isEnabled: "true",
      isOauthPluginEnabled: "true",
      label: "CPQ_Admin_defaultPolicy",
      startPage: "None",
    });
  });

  test("are not made if the same deploy brings some, under whatever names", async () => {
    expect(await problemsWith(sandbox, cpqAdmin)).toEqual([]);
    expect(await namesOf("ExtlClntAppOauthConfigurablePolicies")).toEqual(["CPQ_Admin_oauthPlcy"]);
    expect(await namesOf("ExtlClntAppConfigurablePolicies")).toEqual(["CPQ_Admin_plcy"]);
  });

  test("are changed under their own names only", async () => {
    await deployFiles(sandbox, { app, oauth, global: globalSettings });
    expect(await problemsWith(sandbox, { oauthPolicies, policies })).toEqual([
      "duplicate value found: ExternalClientApplicationId duplicates value on CPQ_Admin_oauth_defaultPolicy",
      "duplicate value found: ExternalClientApplicationId duplicates value on CPQ_Admin_defaultPolicy",
    ]);
    const type = "ExtlClntAppConfigurablePolicies";
    const { success } = await deploy(
      sandbox,
      await zipOf({
        "package.xml": manifestXml({ [type]: ["CPQ_Admin_defaultPolicy"] }),
        "extlClntAppPolicies/CPQ_Admin_defaultPolicy.ecaPlcy": `<${type} xmlns="${namespace}"><externalClientApplication>CPQ_Admin</externalClientApplication><isEnabled>false</isEnabled></${type}>`,
      }),
    );
    expect(success).toBe(true);
    expect(await read(type, "CPQ_Admin_defaultPolicy")).toMatchObject({ isEnabled: "false" });
  });

  test("are not made by a dry run, nor for an app without OAuth", async () => {
    const files = { app, oauth, global: globalSettings };
    await deployFiles(sandbox, files, { checkOnly: true });
    expect(sandbox.org.components.size).toBe(0);
    await deployFiles(sandbox, { app });
    expect([...sandbox.org.components.keys()]).toEqual(["ExternalClientApplication"]);
  });

  test("are there between the two deploys of an org that wants the policies last", async () => {
    sandbox.org.behaviour.policiesAfterOAuthSettings = true;
    expect(await problemsWith(sandbox, cpqAdmin)).toHaveLength(1);
    expect(await problemsWith(sandbox, { app, oauth, global: globalSettings })).toEqual([]);
    expect(await namesOf("ExtlClntAppOauthConfigurablePolicies")).toEqual(["CPQ_Admin_oauth_defaultPolicy"]);
  });
});

// Metadata API guide; reported from live orgs.
describe("the consumer", () => {
  test("has the key of the file, and a secret that the org makes", async () => {
    const own = { consumerKey: "ecaConsumerKey01", consumerSecret: "ecaConsumerSecret01" };
    expect(await problemsWith(sandbox, cpqAdminWith({ global: own }))).toEqual([]);
    expect(global()?.consumer?.consumerKey).toBe(own.consumerKey);
    expect(global()?.consumer?.consumerSecret).toMatch(/^[0-9A-F]{64}$/);
    const settings = await read("ExtlClntAppGlobalOauthSettings", "CPQ_Admin_glbloauth");
    expect(settings).toMatchObject({ consumerKey: own.consumerKey });
    expect(settings).not.toHaveProperty("consumerSecret");
  });

  test("keeps its key when a later deploy names another one, and that deploy says Succeeded", async () => {
    await deployFiles(sandbox, cpqAdminWith({ global: { consumerKey: "ecaConsumerKey01" } }));
    const consumer = global()?.consumer;
    const another = cpqAdminWith({
      global: { consumerKey: "ecaConsumerKey02", consumerSecret: "secret0002" },
    });
    expect(await deployFiles(sandbox, another)).toMatchObject({ status: "Succeeded" });
    expect(global()?.consumer).toEqual(consumer);
    expect(await read("ExtlClntAppGlobalOauthSettings", "CPQ_Admin_glbloauth")).toMatchObject({
      consumerKey: "ecaConsumerKey01",
    });
  });

  test("is made by the org without a key in the file, and kept by an update", async () => {
    await deployFiles(sandbox, cpqAdmin);
    const consumer = global()?.consumer;
    expect(consumer?.consumerKey).toMatch(/^3MVG9[\w.]{80}$/);
    const update = { global: { ...cpqAdmin.global, isIntrospectAllTokens: "true" } };
    expect(await problemsWith(sandbox, update)).toEqual([]);
    expect(global()?.consumer).toEqual(consumer);
  });

  test("gets a new secret by a deploy that asks for it, each time", async () => {
    await deployFiles(sandbox, cpqAdmin);
    const before = global()?.consumer;
    const rotate = { global: { ...cpqAdmin.global, shouldRotateConsumerSecret: "true" } };
    expect(await deployFiles(sandbox, rotate, { ignoreWarnings: true })).toMatchObject({ success: true });
    const between = global()?.consumer;
    expect(between).toMatchObject({ id: before?.id, consumerKey: before?.consumerKey });
    expect(between?.consumerSecret).not.toBe(before?.consumerSecret);
    await deployFiles(sandbox, rotate, { ignoreWarnings: true });
    expect(global()?.consumer?.consumerSecret).not.toBe(between?.consumerSecret);
  });
});

// Reported from live orgs, twice.
test("PKCE stays required in newer orgs, though a deploy says that it is not", async () => {
  const files = cpqAdminWith({ global: { isPkceRequired: "false" } });
  expect(await problemsWith(sandbox, files)).toEqual([]);
  const pkce = async () =>
    (await read("ExtlClntAppGlobalOauthSettings", "CPQ_Admin_glbloauth")).isPkceRequired;
  expect(await pkce()).toBe("true");
  sandbox.org.behaviour.forcePkce = false;
  expect(await problemsWith(sandbox, { global: files.global })).toEqual([]);
  expect(await pkce()).toBe("false");
});

test("scopes come back by their canonical names", async () => {
  await deployFiles(sandbox, cpqAdmin);
  expect(await read("ExtlClntAppOauthSettings", "CPQ_Admin_oauth")).toMatchObject({
    commaSeparatedOauthScopes: "Api, Basic, RefreshToken",
  });
});

test("several callback URLs stand in one element, one a line", async () => {
  const callbackUrl = "https://example.com/one\nhttps://example.com/two";
  expect(await problemsWith(sandbox, cpqAdminWith({ global: { callbackUrl } }))).toEqual([]);
  expect(await read("ExtlClntAppGlobalOauthSettings", "CPQ_Admin_glbloauth")).toMatchObject({ callbackUrl });
});

test("an application takes its parts with it when it is deleted, those of the org among them", async () => {
  await deployFiles(sandbox, { app, oauth, global: globalSettings });
  const result = await deploy(
    sandbox,
    await zipOf({
      "package.xml": manifestXml({}),
      "destructiveChanges.xml": manifestXml({ ExternalClientApplication: ["CPQ_Admin"] }),
    }),
  );
  expect(result.success).toBe(true);
  expect([...sandbox.org.components.values()].flatMap((ofType) => [...ofType.keys()])).toEqual([]);
});
