import { afterEach, beforeEach, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { getWithToken, postForm, startSandbox, userOf } from "./clients.ts";
import { cpqAdmin, deployFiles } from "./externalClientAppFiles.ts";
import { connect, deploy, manifestXml, namespace, zipOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

async function get(path: string, token = sandbox.accessToken) {
  const response = await getWithToken(`${sandbox.org.myDomainUrl}/services/data/v67.0/${path}`, token);
  return { status: response.status, body: (await response.json()) as never };
}

const settings = { enableClientSecretInRestApiAccess: "true" };

test("key and secret are read back by the app and its consumer", async () => {
  await deployFiles(sandbox, { ...cpqAdmin, settings });
  const { apps } = (await get("apps/oauth/usage")).body as { apps: Record<string, string>[] };
  expect(apps).toMatchObject([{ developerName: "CPQ_Admin", identifier: expect.stringMatching(/^0xI/) }]);
  const path = `apps/oauth/credentials/${apps[0]?.identifier}`;
  const { consumers } = (await get(path)).body as { consumers: { id: string; url: string }[] };
  const url = `/services/data/v67.0/${path}/${consumers[0]?.id}`;
  expect(consumers).toEqual([
    {
      id: expect.any(String),
      key: expect.any(String),
      name: "CPQ_Admin_glbloauth",
      stagedCredentialsUrl: `${url}/staged`,
      url,
    },
  ]);
  const global = sandbox.org.components.get("ExtlClntAppGlobalOauthSettings")?.get("CPQ_Admin_glbloauth");
  const { consumerKey: key, consumerSecret: secret } = global?.consumer ?? {};
  const id = consumers[0]?.id;
  expect((await get(`${path}/${id}?part=keyandsecret`)).body).toEqual({ id, key, secret });
  expect((await get(`${path}/${id}?part=key`)).body).toEqual({ id, key });
  expect((await get(`${path}/${id}?part=all`)).status).toBe(400);
  expect((await get(`${path}/888000000000000`)).status).toBe(404);
  expect((await get("apps/oauth/credentials/0xI000000000000")).status).toBe(404);
});

const appId = () => sandbox.org.components.get("ExternalClientApplication")?.get("CPQ_Admin")?.id;

test("an org gives no credentials away before its setting allows it", async () => {
  await deployFiles(sandbox, cpqAdmin);
  const refused = await get(`apps/oauth/credentials/${appId()}`);
  expect(refused.status).toBe(403);
  expect(JSON.stringify(refused.body)).toContain("enableClientSecretInRestApiAccess");
  await deployFiles(sandbox, { settings });
  expect((await get(`apps/oauth/credentials/${appId()}`)).status).toBe(200);
});

// Salesforce Help: reading credentials needs both permissions.
test.each([
  { permission: "ExternalClientAppDeveloper", label: "External Client App Developer" },
  { permission: "ViewClientSecret", label: "View Client Secret" },
] as const)("who lacks the permission $label reads no credentials", async ({ permission, label }) => {
  await deployFiles(sandbox, { ...cpqAdmin, settings });
  const profile = sandbox.org.profiles.find(({ name }) => name === "System Administrator");
  if (!profile) throw new Error("There is no such profile.");
  profile.permissions = profile.permissions.filter((one) => one !== permission);
  const { status, body } = await get(`apps/oauth/credentials/${appId()}`);
  expect(status).toBe(403);
  expect(body).toMatchObject([{ errorCode: "INSUFFICIENT_ACCESS", message: expect.stringContaining(label) }]);
});

// Reported from one live org.
test("for a while after access was switched on, the secret is missing", async () => {
  let now = Date.now();
  Object.assign(sandbox.org.behaviour, { secretDelay: 30_000, now: () => now });
  await deployFiles(sandbox, { ...cpqAdmin, settings });
  const { consumers } = (await get(`apps/oauth/credentials/${appId()}`)).body as {
    consumers: { id: string }[];
  };
  const path = `apps/oauth/credentials/${appId()}/${consumers[0]?.id}?part=keyandsecret`;
  now += 29_999;
  expect((await get(path)).body).toEqual({ id: consumers[0]?.id, key: expect.any(String) });
  now += 1;
  expect((await get(path)).body).toHaveProperty("secret");
});

// Connect REST API guide: page and pageSize.
test("the list of apps has pages, and each names the next one", async () => {
  for (const name of ["One", "Two", "Three"]) {
    await deploy(
      sandbox,
      await zipOf({
        "package.xml": manifestXml({ ExternalClientApplication: [name] }),
        [`externalClientApps/${name}.eca`]: `<ExternalClientApplication xmlns="${namespace}"><label>${name}</label></ExternalClientApplication>`,
      }),
    );
  }
  const pages: string[][] = [];
  let next: string | null = "/services/data/v67.0/apps/oauth/usage?pageSize=2";
  while (next !== null) {
    const response = await getWithToken(sandbox.org.myDomainUrl + next, sandbox.accessToken);
    const page = (await response.json()) as { apps: { developerName: string }[]; nextPageUrl: string | null };
    pages.push(page.apps.map(({ developerName }) => developerName));
    next = page.nextPageUrl;
  }
  expect(pages).toEqual([["One", "Two"], ["Three"]]);
});

test("a permission set is assigned once", async () => {
  const connection = connect(sandbox);
  const user = userOf(sandbox, "cpq.other@example.com");
  const set = sandbox.org.permissionSets.find(({ name }) => name === "CPQ_Integration");
  const assignment = { AssigneeId: user.id, PermissionSetId: set?.id ?? "" };
  const created = await connection.sobject("PermissionSetAssignment").create(assignment);
  expect(created).toMatchObject({ success: true, errors: [] });
  expect(user.permissionSets).toEqual(["CPQ_Reports", "CPQ_Integration"]);
  const { records } = await connection.query(
    `SELECT AssigneeId, PermissionSetId FROM PermissionSetAssignment WHERE Id = '${created.id}'`,
  );
  expect(records).toMatchObject([assignment]);
  await expect(connection.sobject("PermissionSetAssignment").create(assignment)).rejects.toMatchObject({
    errorCode: "DUPLICATE_VALUE",
  });
  await expect(
    connection.sobject("PermissionSetAssignment").create({ AssigneeId: user.id }),
  ).rejects.toMatchObject({ errorCode: "REQUIRED_FIELD_MISSING" });
  await expect(
    connection.sobject("PermissionSetAssignment").create({ ...assignment, PermissionSetId: user.id }),
  ).rejects.toMatchObject({ errorCode: "INVALID_CROSS_REFERENCE_KEY" });
});

test("credentials are rotated: the former ones work on until they are deleted", async () => {
  await deployFiles(sandbox, { ...cpqAdmin, settings });
  const app = sandbox.org.components.get("ExternalClientApplication")?.get("CPQ_Admin");
  const consumer = () =>
    sandbox.org.components.get("ExtlClntAppGlobalOauthSettings")?.get("CPQ_Admin_glbloauth")?.consumer;
  const path = `apps/oauth/credentials/${app?.id}/${consumer()?.id}/staged`;
  const send = (method: string, more = "", body?: object) =>
    fetch(`${sandbox.org.myDomainUrl}/services/data/v67.0/${path}${more}`, {
      method,
      headers: { Authorization: `Bearer ${sandbox.accessToken}`, "Content-Type": "application/json" },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
  const status = async (key = "", secret = "") =>
    (
      await postForm(`${sandbox.org.myDomainUrl}/services/oauth2/token`, {
        grant_type: "client_credentials",
        client_id: key,
        client_secret: secret,
      })
    ).status;
  const { consumerKey, consumerSecret } = consumer() ?? {};
  const created = await send("POST");
  expect(created.status).toBe(201);
  const answer = (await created.json()) as { stagedCredentials: Record<string, string>[]; url: string };
  const url = `/services/data/v67.0/${path}`;
  const [staged = {}] = answer.stagedCredentials;
  expect(answer).toMatchObject({
    stagedCredentials: [{ state: "Active", url: `${url}/${staged.id}` }],
    url,
  });
  expect((await send("POST")).status).toBe(400);
  expect(await status(staged.key, staged.secret)).toBe(400);
  expect((await send("PATCH", `/${staged.id}`, { command: "other" })).status).toBe(400);
  expect((await send("PATCH", `/${staged.id}`, { command: "rotate" })).status).toBe(200);
  expect(consumer()).toMatchObject({ consumerKey: staged.key, consumerSecret: staged.secret });
  expect((await get(path)).body).toMatchObject({
    stagedCredentials: [{ key: consumerKey, state: "Rotated" }],
  });
  expect(await status(staged.key, staged.secret)).toBe(200);
  expect(await status(consumerKey, consumerSecret)).toBe(200);
  sandbox.org.behaviour.now = () => Date.now() + 31 * 24 * 60 * 60 * 1000;
  expect((await get(path)).body).toMatchObject({ stagedCredentials: [{ state: "Expired" }] });
  expect(await status(consumerKey, consumerSecret)).toBe(400);
  sandbox.org.behaviour.now = Date.now;
  expect((await send("DELETE", `/${staged.id}`)).status).toBe(204);
  expect(await status(consumerKey, consumerSecret)).toBe(400);
  expect((await get(path)).body).toEqual({ stagedCredentials: [], url });
});
