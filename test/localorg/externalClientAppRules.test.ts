import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox } from "./clients.ts";
import { cpqAdmin, cpqAdminWith, deployFiles, type Files, problemsWith } from "./externalClientAppFiles.ts";
import { connect, deploy, manifestXml, zipOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

const global = (org = sandbox.org) =>
  org.components.get("ExtlClntAppGlobalOauthSettings")?.get("CPQ_Admin_glbloauth");

const read = (type: string, fullName: string) =>
  connect(sandbox).metadata.read(type as never, fullName) as Promise<unknown>;

test.each<[string, Files, string]>([
  [
    "an unknown Run As user",
    { oauthPolicies: { clientCredentialsFlowUser: "no.one@example.com" } },
    "Enter a valid execution user for the OAuth client credentials flow.",
  ],
  [
    "a Run As user who is a person",
    { oauthPolicies: { clientCredentialsFlowUser: "cpq.person@example.com" } },
    "Enter a valid execution user for the OAuth client credentials flow.",
  ],
  [
    "an inactive Run As user",
    { oauthPolicies: { clientCredentialsFlowUser: "cpq.former@example.com" } },
    "Enter a valid execution user for the OAuth client credentials flow.",
  ],
  [
    "a JWT timeout that does not exist",
    { oauthPolicies: { namedUserJwtTimeout: "45" } },
    "Invalid value for namedUserJwtTimeout: 45",
  ],
  [
    "an unknown IP relaxation",
    { oauthPolicies: { ipRelaxationPolicyType: "ENFORCE" } },
    "Invalid value for ipRelaxationPolicyType: ENFORCE",
  ],
  [
    "an unknown timeout type",
    { oauthPolicies: { namedUserJwtSessionTimeoutType: "Own" } },
    "'Own' is not a valid value for the enum 'JWTSessionTimeoutType'",
  ],
  [
    "an unknown permission set",
    { oauthPolicies: { commaSeparatedPermissionSet: "CPQ_Integration, Nope" } },
    "no PermissionSet named Nope found",
  ],
  [
    "an unknown profile",
    { oauthPolicies: { commaSeparatedProfile: "Nobody" } },
    "no Profile named Nobody found",
  ],
  [
    "permission sets without pre-authorization",
    { oauthPolicies: { permittedUsersPolicyType: "AllSelfAuthorized" } },
    "AdminApprovedPreAuthorized",
  ],
  ["an unknown scope", { oauth: { commaSeparatedOauthScopes: "Api, SFAP" } }, "Invalid OAuth scope: SFAP"],
  [
    "an unknown application",
    { policies: { externalClientApplication: "Other" } },
    "no ExternalClientApplication named Other found",
  ],
  [
    "no application",
    { policies: { externalClientApplication: "" } },
    "Required field is missing: externalClientApplication",
  ],
  [
    "policies that do not say whether the app is enabled",
    { policies: { isEnabled: "" } },
    "Required field is missing: isEnabled",
  ],
  [
    "no OAuth settings",
    { oauth: { commaSeparatedOauthScopes: "", externalClientApplication: "" } },
    "doesn't have a valid OAuth settings configuration.",
  ],
  [
    "an unsafe callback URL",
    { global: { callbackUrl: "http://example.com" } },
    "Callback URL: The URL must use HTTPS",
  ],
  ["a malformed key", { global: { consumerKey: "short" } }, "Consumer Key must be alphanumeric"],
  [
    "a malformed address",
    { app: { contactEmail: "nobody" } },
    "Contact Email: invalid email address: nobody",
  ],
])("a deploy with %s fails, and changes nothing", async (_what, changes, problem) => {
  const files = cpqAdminWith(changes);
  const problems = await problemsWith(sandbox, files);
  expect(problems.join("\n")).toContain(problem);
  expect(sandbox.org.components.size).toBe(0);
});

test("a part of an application in the org needs no file of it, and cannot be there twice", async () => {
  const { oauth, ...rest } = cpqAdmin;
  const { global: globalSettings, ...others } = rest;
  expect(await problemsWith(sandbox, { ...rest, oauth: undefined })).toEqual([
    "The external client app CPQ_Admin doesn't have a valid OAuth settings configuration.",
  ]);
  expect(await problemsWith(sandbox, others)).toEqual([]);
  expect(await problemsWith(sandbox, { oauth, global: globalSettings })).toEqual([]);
  const second = await deploy(
    sandbox,
    await zipOf({
      "package.xml": manifestXml({ ExtlClntAppConfigurablePolicies: ["Second"] }),
      "extlClntAppPolicies/Second.ecaPlcy":
        '<ExtlClntAppConfigurablePolicies xmlns="http://soap.sforce.com/2006/04/metadata"><externalClientApplication>CPQ_Admin</externalClientApplication><isEnabled>true</isEnabled></ExtlClntAppConfigurablePolicies>',
    }),
  );
  expect(second.details.componentFailures).toMatchObject([{ fullName: "Second" }]);
});

test("a read gives canonical scopes, defaults and the key, never the secret", async () => {
  const own = { consumerKey: "ecaConsumerKey01", consumerSecret: "ecaConsumerSecret01" };
  expect(await problemsWith(sandbox, cpqAdminWith({ global: own }))).toEqual([]);
  expect(await read("ExtlClntAppOauthSettings", "CPQ_Admin_oauth")).toMatchObject({
    commaSeparatedOauthScopes: "Api, Basic, RefreshToken",
  });
  const settings = await read("ExtlClntAppGlobalOauthSettings", "CPQ_Admin_glbloauth");
  expect(settings).toMatchObject({ consumerKey: own.consumerKey, isPkceRequired: "true" });
  expect(JSON.stringify(settings)).not.toContain(own.consumerSecret);
  expect(global()?.consumer).toMatchObject(own);
  expect(await problemsWith(sandbox, { global: { ...cpqAdmin.global, consumerKey: "another0001" } })).toEqual(
    ["You cannot provide a Consumer Key"],
  );
});

test("without a key in the file, the org makes key and secret, which an update keeps", async () => {
  await deployFiles(sandbox, cpqAdmin);
  const consumer = global()?.consumer;
  expect(consumer?.consumerKey).toMatch(/^3MVG9[\w.]{80}$/);
  expect(consumer?.consumerSecret).toMatch(/^[0-9A-F]{64}$/);
  expect(await problemsWith(sandbox, { global: { ...cpqAdmin.global, isPkceRequired: "false" } })).toEqual(
    [],
  );
  expect(global()?.consumer).toEqual(consumer);
});

test("an application takes its parts with it when it is deleted", async () => {
  await deployFiles(sandbox, cpqAdmin);
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
