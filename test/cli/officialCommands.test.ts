import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { startTestOrgs } from "../commands/localOrgs.ts";
import { installSalesforceCli } from "./installation.ts";
import { salesforceCli } from "./salesforceCli.ts";

const { sandbox, home } = await startTestOrgs();
const { sfJson } = salesforceCli(home);
const org = ["--target-org", "local-sandbox"];
const sourceFolder = join(home, "force-app", "main", "default", "connectedApps");
const sourceFile = join(sourceFolder, "Official.connectedApp-meta.xml");

const source = (label: string, extra = "") => `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
    <contactEmail>platform@example.com</contactEmail>
    <label>${label}</label>
    <oauthConfig>
        <callbackUrl>https://example.com/callback</callbackUrl>
        <isAdminApproved>false</isAdminApproved>
        <scopes>Api</scopes>
    </oauthConfig>
    <oauthPolicy>
        <ipRelaxation>ENFORCE</ipRelaxation>
        <refreshTokenPolicy>infinite</refreshTokenPolicy>
    </oauthPolicy>${extra}
</ConnectedApp>
`;

beforeAll(() => {
  installSalesforceCli();
  mkdirSync(sourceFolder, { recursive: true });
  writeFileSync(
    join(home, "sfdx-project.json"),
    '{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"67.0"}',
  );
  writeFileSync(sourceFile, source("Official"));
});

describe("the official CLI, unchanged, against a local org", () => {
  test("org login access-token", async () => {
    process.env.SF_ACCESS_TOKEN = sandbox.accessToken;
    const { status, json } = await salesforceCli(home).sfJson(
      "org",
      "login",
      "access-token",
      "--instance-url",
      sandbox.org.myDomainUrl,
      "--alias",
      "by-token",
      "--no-prompt",
    );
    expect(status).toBe(0);
    expect(json.result).toMatchObject({ username: sandbox.adminUsername, orgId: sandbox.org.id });
  });

  test("org display", async () => {
    const { status, json } = await sfJson("org", "display", ...org);
    expect(status).toBe(0);
    expect(json.result).toMatchObject({
      id: sandbox.org.id,
      username: sandbox.adminUsername,
      connectedStatus: "Connected",
    });
  });

  test("org list", async () => {
    const { status, json } = await sfJson("org", "list");
    expect(status).toBe(0);
    expect(JSON.stringify(json.result)).toContain(sandbox.adminUsername);
  });

  test("data query", async () => {
    const query = "SELECT Username, IsActive FROM User WHERE Username LIKE 'cpq.integration%'";
    const { status, json } = await sfJson("data", "query", "--query", query, ...org);
    expect(status).toBe(0);
    expect(json.result).toMatchObject({
      totalSize: 1,
      records: [{ Username: "cpq.integration@example.com", IsActive: true }],
    });
  });

  test("project deploy start, as a dry run, for real, and again without a change", async () => {
    const deploy = ["project", "deploy", "start", "--source-dir", "force-app", ...org];
    expect(await sfJson(...deploy, "--dry-run")).toMatchObject({
      status: 0,
      json: { result: { checkOnly: true, success: true } },
    });
    expect(sandbox.org.connectedApps.has("Official")).toBe(false);

    const { status, json } = await sfJson(...deploy);
    expect(status).toBe(0);
    expect(json.result).toMatchObject({
      success: true,
      files: [{ fullName: "Official", type: "ConnectedApp", state: "Created" }],
    });
    expect(sandbox.org.connectedApps.has("Official")).toBe(true);

    expect((await sfJson(...deploy)).json.result).toMatchObject({ files: [{ state: "Unchanged" }] });
  });

  test("project deploy start of what the org refuses shows the org's words", async () => {
    writeFileSync(sourceFile, source("Official", "\n    <bogus>1</bogus>"));
    const deploy = ["project", "deploy", "start", "--source-dir", "force-app", ...org];
    const { status, json } = await sfJson(...deploy);
    const shown = await salesforceCli(home).sf(...deploy);
    writeFileSync(sourceFile, source("Official"));
    expect(status).toBe(1);
    expect(JSON.stringify(json)).toContain("bogus");
    // What a person sees: the table of component failures, whose lines may be wrapped.
    expect(shown.status).toBe(1);
    expect(shown.stdout + shown.stderr).toContain("Component Failures");
    expect(shown.stdout + shown.stderr).toMatch(/bogus/);
  });

  test("org list metadata and metadata-types", async () => {
    const list = await sfJson("org", "list", "metadata", "--metadata-type", "ConnectedApp", ...org);
    expect(list).toMatchObject({
      status: 0,
      json: { result: [{ fullName: "Official", type: "ConnectedApp" }] },
    });
    const types = await sfJson("org", "list", "metadata-types", ...org);
    expect(types.status).toBe(0);
    expect(JSON.stringify(types.json.result)).toContain('"ConnectedApp"');
  });

  test("project retrieve start gives the app back, with its key and without its secret", async () => {
    rmSync(sourceFile);
    const { status } = await sfJson(
      "project",
      "retrieve",
      "start",
      "--metadata",
      "ConnectedApp:Official",
      ...org,
    );
    expect(status).toBe(0);
    const retrieved = readFileSync(sourceFile, "utf8");
    expect(retrieved).toContain("<label>Official</label>");
    expect(retrieved).toContain(
      `<consumerKey>${sandbox.org.connectedApps.get("Official")?.consumerKey}</consumerKey>`,
    );
    expect(retrieved).not.toContain("consumerSecret");
  });

  test("project delete source takes the app away", async () => {
    const { status } = await sfJson(
      "project",
      "delete",
      "source",
      "--metadata",
      "ConnectedApp:Official",
      "--no-prompt",
      ...org,
    );
    expect(status).toBe(0);
    expect(sandbox.org.connectedApps.has("Official")).toBe(false);
    expect(readdirSync(sourceFolder)).toEqual([]);
  });

  test("org logout", async () => {
    const { status } = await sfJson("org", "logout", "--target-org", "by-token", "--no-prompt");
    expect(status).toBe(0);
    const display = await sfJson("org", "display", "--target-org", "by-token");
    expect(display.json.name).toBe("NamedOrgNotFoundError");
  });
});
