import JSZip from "jszip";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type LocalOrgs, type RunningOrg, startLocalOrgs } from "../../src/localorg/start.ts";
import { requestToken } from "./clients.ts";
import { appXml, appZip, connect, deploy, manifestXml, problemsOf, zipOf } from "./metadataClients.ts";

let orgs: LocalOrgs;
let sandbox: RunningOrg;
let production: RunningOrg;

beforeEach(async () => {
  orgs = await startLocalOrgs();
  [sandbox, production] = orgs.orgs as [RunningOrg, RunningOrg];
});
afterEach(() => orgs.stop());

const key = "<consumerKey>cpqConsumerKey0001</consumerKey>";
const credentials = `${key}<consumerSecret>cpqConsumerSecret0001</consumerSecret>`;
const flow =
  "<isAdminApproved>true</isAdminApproved><isClientCredentialEnabled>true</isClientCredentialEnabled><isNamedUserJwtEnabled>true</isNamedUserJwtEnabled><oauthClientCredentialUser>cpq.integration@example.com</oauthClientCredentialUser><scopes>Api</scopes>";

function stored({ org }: RunningOrg, name = "CPQ_Admin_API") {
  const app = org.connectedApps.get(name);
  if (!app) throw new Error(`There is no app ${name}.`);
  return app;
}

async function retrieveXml(org: RunningOrg): Promise<string> {
  const unpackaged = { types: [{ name: "ConnectedApp", members: ["CPQ_Admin_API"] }], version: "67.0" };
  const { zipFile } = await connect(org)
    .metadata.retrieve({ apiVersion: "67.0", unpackaged } as never)
    .complete();
  const zip = await JSZip.loadAsync(zipFile, { base64: true });
  return (await zip.file("unpackaged/connectedApps/CPQ_Admin_API.connectedApp")?.async("string")) ?? "";
}

test("an app that was deployed with key and secret gives a token at once", async () => {
  const access = { after: "<permissionSetName>CPQ Integration</permissionSetName>" };
  expect(await problemsOf(sandbox, appXml(credentials + flow, access))).toEqual([]);
  expect(await requestToken(sandbox)).toMatch(/^ey/);
});

test("without key and secret the org makes its own", async () => {
  expect(await problemsOf(sandbox, appXml(""))).toEqual([]);
  expect(stored(sandbox).consumerKey).toMatch(/^3MVG9[\w.]{80}$/);
  expect(stored(sandbox).consumerSecret).toMatch(/^[0-9A-F]{64}$/);
});

test("a consumer key that any org has is taken", async () => {
  expect(await problemsOf(sandbox, appXml(credentials))).toEqual([]);
  expect(await problemsOf(production, appXml(key))).toEqual(["The consumer key is already taken."]);
  expect(await problemsOf(sandbox, appXml(key), "Other")).toEqual(["The consumer key is already taken."]);
  const secret = "<consumerSecret>cpqConsumerSecret0001</consumerSecret>";
  expect(await problemsOf(production, appXml(secret))).toEqual(["The consumer secret is already taken."]);
});

describe("an update", () => {
  beforeEach(async () => {
    expect(await problemsOf(sandbox, appXml(credentials + flow))).toEqual([]);
  });

  test("keeps key, secret and JWT timeout, and resets what it leaves out", async () => {
    const before = stored(sandbox);
    before.jwtTimeoutMinutes = 5;
    const result = await deploy(sandbox, await appZip(appXml("")));
    expect(result.details.componentSuccesses[0]).toMatchObject({
      created: false,
      changed: true,
      id: before.id,
    });
    expect(stored(sandbox)).toMatchObject({
      id: before.id,
      consumerKey: "cpqConsumerKey0001",
      consumerSecret: "cpqConsumerSecret0001",
      jwtTimeoutMinutes: 5,
      createdAt: before.createdAt,
    });
    const xml = await retrieveXml(sandbox);
    expect(xml).toContain("<isClientCredentialEnabled>false</isClientCredentialEnabled>");
    expect(xml).not.toContain("oauthClientCredentialUser");
    expect(xml).not.toContain("scopes");
  });

  test("changes nothing when it says what is there", async () => {
    const xml = await retrieveXml(sandbox);
    const result = await deploy(sandbox, await appZip(xml));
    expect(result.status).toBe("Succeeded");
    expect(result.details.componentSuccesses[0]).toMatchObject({ created: false, changed: false });
    expect(await retrieveXml(sandbox)).toBe(xml);
  });

  test("may repeat the app's own key, and name no other", async () => {
    expect(await problemsOf(sandbox, appXml(key))).toEqual([]);
    const other = appXml("<consumerKey>anotherKey0001</consumerKey>");
    expect(await problemsOf(sandbox, other)).toEqual(["You cannot provide a Consumer Key"]);
  });

  test("may not repeat the key in an org that refuses it, and then needs none for the Run As user", async () => {
    sandbox.org.behaviour.refuseConsumerKeyOnUpdate = true;
    expect(await problemsOf(sandbox, appXml(key + flow))).toEqual(["You cannot provide a Consumer Key"]);
    expect(await problemsOf(sandbox, appXml(flow))).toEqual([]);
  });

  test("is possible if apps cannot be created", async () => {
    sandbox.org.behaviour.restrictConnectedApps = true;
    expect(await problemsOf(sandbox, appXml(key))).toEqual([]);
    expect(await problemsOf(sandbox, appXml(""), "New_App")).toEqual([
      "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.",
    ]);
  });
});

describe("a deploy", () => {
  const twoApps = async (options: object) =>
    deploy(
      sandbox,
      await zipOf({
        "package.xml": manifestXml({ ConnectedApp: ["Good", "Bad"] }),
        "connectedApps/Good.connectedApp": appXml(""),
        "connectedApps/Bad.connectedApp": appXml("<scopes>Nothing</scopes>"),
      }),
      options,
    );

  test("with rollbackOnError keeps nothing when one component fails", async () => {
    const result = await twoApps({});
    expect(result).toMatchObject({ status: "Failed", success: false, numberComponentErrors: 1 });
    expect(result.details.componentFailures).toMatchObject([
      {
        fileName: "connectedApps/Bad.connectedApp",
        fullName: "Bad",
        componentType: "ConnectedApp",
        problemType: "Error",
        success: false,
      },
    ]);
    expect(sandbox.org.connectedApps.size).toBe(0);
  });

  test("without rollbackOnError keeps what is right", async () => {
    const result = await twoApps({ rollbackOnError: false });
    expect(result).toMatchObject({ status: "SucceededPartial", success: true, numberComponentsDeployed: 1 });
    expect([...sandbox.org.connectedApps.keys()]).toEqual(["Good"]);
  });

  test("without rollbackOnError fails when nothing is right", async () => {
    const zip = await appZip(appXml("<scopes>Nothing</scopes>"));
    const result = await deploy(sandbox, zip, { rollbackOnError: false });
    expect(result).toMatchObject({ status: "Failed", success: false, numberComponentsDeployed: 0 });
  });

  test("with checkOnly says what would happen, and changes nothing", async () => {
    const result = await deploy(sandbox, await appZip(appXml("")), { checkOnly: true });
    expect(result).toMatchObject({ status: "Succeeded", checkOnly: true, numberComponentsDeployed: 1 });
    expect(sandbox.org.connectedApps.size).toBe(0);
  });

  test("deletes what destructiveChanges.xml names, and warns of what is not there", async () => {
    expect(await problemsOf(sandbox, appXml(""))).toEqual([]);
    const zip = await zipOf({
      "package.xml": manifestXml({}),
      "destructiveChanges.xml": manifestXml({ ConnectedApp: ["CPQ_Admin_API", "Gone"] }),
    });
    const refused = await deploy(sandbox, zip);
    expect(refused.status).toBe("Failed");
    expect(refused.details.componentFailures).toMatchObject([
      { problem: "No ConnectedApp named: Gone found", problemType: "Warning", componentType: "ConnectedApp" },
    ]);
    expect(sandbox.org.connectedApps.size).toBe(1);

    const accepted = await deploy(sandbox, zip, { ignoreWarnings: true });
    expect(accepted.status).toBe("Succeeded");
    expect(accepted.details.componentSuccesses[0]).toMatchObject({
      fullName: "CPQ_Admin_API",
      deleted: true,
    });
    expect(sandbox.org.connectedApps.size).toBe(0);
  });

  test("deletes before and after the other changes, as the names of the files say", async () => {
    expect(await problemsOf(sandbox, appXml(credentials), "Old")).toEqual([]);
    const withDeletion = (file: string) =>
      zipOf({
        "package.xml": manifestXml({ ConnectedApp: ["New"] }),
        "connectedApps/New.connectedApp": appXml(key),
        [file]: manifestXml({ ConnectedApp: ["Old"] }),
      });
    const post = await deploy(sandbox, await withDeletion("destructiveChangesPost.xml"));
    expect(post.details.componentFailures).toMatchObject([{ problem: "The consumer key is already taken." }]);
    const pre = await deploy(sandbox, await withDeletion("destructiveChangesPre.xml"));
    expect(pre.status).toBe("Succeeded");
    expect([...sandbox.org.connectedApps.keys()]).toEqual(["New"]);
  });
});
