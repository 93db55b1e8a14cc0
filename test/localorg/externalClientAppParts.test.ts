import JSZip from "jszip";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox } from "./clients.ts";
import { cpqAdmin, deployFiles } from "./externalClientAppFiles.ts";
import { connect, deploy, manifestXml, namespace, zipOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeEach(async () => {
  sandbox = await startSandbox();
  await deployFiles(sandbox, cpqAdmin);
});
afterEach(() => sandbox.stop());

const mainTypes = [
  "ExternalClientApplication",
  "ExtlClntAppConfigurablePolicies",
  "ExtlClntAppGlobalOauthSettings",
  "ExtlClntAppOauthConfigurablePolicies",
  "ExtlClntAppOauthSettings",
];

/** The retrieved files of some types by the wildcard, by their paths. */
async function retrieve(types: readonly string[]): Promise<Record<string, string>> {
  const { zipFile } = await connect(sandbox)
    .metadata.retrieve({
      apiVersion: "67.0",
      singlePackage: true,
      unpackaged: { types: types.map((name) => ({ name, members: ["*"] })), version: "67.0" },
    } as never)
    .complete();
  const zip = await JSZip.loadAsync(zipFile, { base64: true });
  const files = Object.values(zip.files).filter(({ dir, name }) => !dir && name !== "package.xml");
  return Object.fromEntries(
    await Promise.all(files.map(async (file) => [file.name, await file.async("string")])),
  );
}

// Metadata API guide: the parts that belong to an application besides the five main ones.
const furtherParts = [
  {
    type: "ExtlClntAppOauthSecuritySettings",
    path: "extlClntAppOauthSecuritySettings/Any.ecaOauthSecurity",
    after:
      "<label>Any</label><tokenIpRanges><endIpAddress>10.0.0.9</endIpAddress><startIpAddress>10.0.0.1</startIpAddress></tokenIpRanges>",
  },
  {
    type: "ExtlClntAppMobileSettings",
    path: "extlClntAppMobileSettings/Any.ecaMobile",
    after: "<isScreenLockEnabled>true</isScreenLockEnabled>",
  },
  {
    type: "ExtlClntAppMobileConfigurablePolicies",
    path: "extlClntAppMobilePolicies/Any.ecaMobilePlcy",
    after: "<screenLockTimeout>Ten</screenLockTimeout>",
  },
  {
    type: "ExtlClntAppNotificationSettings",
    path: "extlClntAppNotifSettings/Any.ecaNotifications",
    after: "<notificationTypes><notificationType>approval</notificationType></notificationTypes>",
  },
  {
    type: "ExtlClntAppCanvasSettings",
    path: "extlClntAppCanvasSettings/Any.ecaCanvas",
    before: "<canvasUrl>https://example.com/canvas</canvasUrl>",
  },
  {
    type: "ExtlClntAppPushSettings",
    path: "extlClntAppPushSettings/Any.ecaPush",
    after: "<pushServiceType>Apple</pushServiceType>",
  },
  {
    type: "ExtlClntAppPushConfigurablePolicies",
    path: "extlClntAppPushPolicies/Any.ecaPushPlcy",
    after: "<isFullContent>false</isFullContent>",
  },
  {
    type: "ExtlClntAppSamlConfigurablePolicies",
    path: "extlClntAppSamlConfigurablePolicies/Any.ecaSamlPlcy",
    before: "<acsUrl>https://example.com/acs</acsUrl><entityUrl>https://example.com</entityUrl>",
  },
];

const contentOf = ({ type, before = "", after = "" }: (typeof furtherParts)[number], application: string) =>
  `<${type} xmlns="${namespace}">${before}<externalClientApplication>${application}</externalClientApplication>${after}</${type}>`;

async function deployPart(part: (typeof furtherParts)[number], application = "CPQ_Admin") {
  const zip = await zipOf({
    "package.xml": manifestXml({ [part.type]: ["Any"] }),
    [part.path]: contentOf(part, application),
  });
  return (await deploy(sandbox, zip)).details.componentFailures.map(({ problem }) => problem);
}

describe.each(furtherParts)("$type", (part) => {
  test("is kept, listed, retrieved by the wildcard, and deleted with its application", async () => {
    expect(await deployPart(part)).toEqual([]);
    expect(await connect(sandbox).metadata.list([{ type: part.type }], "67.0")).toMatchObject([
      { fullName: "Any", fileName: part.path, type: part.type },
    ]);
    const files = await retrieve([part.type]);
    expect(Object.keys(files)).toEqual([part.path]);
    expect(files[part.path]?.replace(/\s+/g, "")).toContain(
      contentOf(part, "CPQ_Admin")
        .replace(/^<[^>]*>/, "")
        .replace(/\s+/g, ""),
    );
    await deploy(
      sandbox,
      await zipOf({
        "package.xml": manifestXml({}),
        "destructiveChanges.xml": manifestXml({ ExternalClientApplication: ["CPQ_Admin"] }),
      }),
    );
    expect(await retrieve([part.type])).toEqual({});
  });

  test("belongs to an application that is there", async () => {
    expect((await deployPart(part, "Other")).join()).toContain("INVALID_CROSS_REFERENCE_KEY");
  });
});

// Metadata API guide 260.0: all five types take the wildcard.
test("the five main types are retrieved by the wildcard", async () => {
  expect(Object.keys(await retrieve(mainTypes)).sort()).toEqual([
    "externalClientApps/CPQ_Admin.eca",
    "extlClntAppGlobalOauthSets/CPQ_Admin_glbloauth.ecaGlblOauth",
    "extlClntAppOauthPolicies/CPQ_Admin_oauthPlcy.ecaOauthPlcy",
    "extlClntAppOauthSettings/CPQ_Admin_oauth.ecaOauth",
    "extlClntAppPolicies/CPQ_Admin_plcy.ecaPlcy",
  ]);
});

// Reported by one user: without a permission to view them, lists are empty.
test("who may not view external client apps sees none", async () => {
  const profile = sandbox.org.profiles.find(({ name }) => name === "System Administrator");
  if (!profile) throw new Error("There is no such profile.");
  profile.permissions = profile.permissions.filter((name) => !name.startsWith("ExternalClientApp"));
  expect(await retrieve(mainTypes)).toEqual({});
  expect(await connect(sandbox).metadata.list([{ type: "ExternalClientApplication" }], "67.0")).toEqual([]);
  profile.permissions.push("ExternalClientAppViewer");
  expect(Object.keys(await retrieve(mainTypes))).toHaveLength(5);
});

// As Salesforce Inspector and other public tools ask.
describe("SOQL", () => {
  test("tells the names of OAuth policies and settings by their application", async () => {
    const policies = await connect(sandbox).query(
      "SELECT DeveloperName, ExternalClientApplication.DeveloperName, PermittedUsersPolicyType FROM ExtlClntAppOauthPlcyCnfg",
    );
    expect(policies.records).toMatchObject([
      {
        DeveloperName: "CPQ_Admin_oauthPlcy",
        ExternalClientApplication: { DeveloperName: "CPQ_Admin" },
        PermittedUsersPolicyType: "AdminApprovedPreAuthorized",
      },
    ]);
    const settings = await connect(sandbox).query(
      "SELECT DeveloperName, OauthScopesAPI, OauthScopesFULL FROM ExtlClntAppOauthSettings WHERE ExternalClientApplication.DeveloperName = 'CPQ_Admin'",
    );
    expect(settings.records).toMatchObject([
      { DeveloperName: "CPQ_Admin_oauth", OauthScopesAPI: true, OauthScopesFULL: false },
    ]);
  });

  test("knows them in the data API, not in the Tooling API", async () => {
    const query = connect(sandbox).tooling.query("SELECT DeveloperName FROM ExtlClntAppOauthPlcyCnfg");
    await expect(query).rejects.toMatchObject({ errorCode: "INVALID_TYPE" });
  });
});

// Object reference, SetupAuditTrail: an app is named by its label, within a text.
test("the setup audit trail tells who changed a part, as a change of the application", async () => {
  const now = Date.now() + 60_000;
  sandbox.org.behaviour.now = () => now;
  await deployFiles(sandbox, { policies: { ...cpqAdmin.policies, isEnabled: "false" } });
  const { records } = await connect(sandbox).query(
    "SELECT Action, Display FROM SetupAuditTrail WHERE Action LIKE '%ExternalClientApplication' ORDER BY CreatedDate",
  );
  expect(records).toMatchObject([
    { Action: "insertExternalClientApplication", Display: "Created External Client App CPQ Admin" },
    { Action: "updateExternalClientApplication", Display: "Updated External Client App CPQ Admin" },
  ]);
});
