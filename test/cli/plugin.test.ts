import { once } from "node:events";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from "vitest";
import { installPackedPlugin, installSalesforceCli } from "./installation.ts";
import { salesforceCli } from "./salesforceCli.ts";

const root = join(import.meta.dirname, "..", "..");
const home = mkdtempSync(join(tmpdir(), "cpq-plugin-"));
const { open, sf, sfJson } = salesforceCli(home);

/** The starter spec as a connected app, whose key this tool makes, in a user's folder. */
function writeSpec(folder: string, ...[from = "", to = ""]: string[]): void {
  const template = readFileSync(join(root, "templates", "minimal.yaml"), "utf8");
  const spec = template.replace("kind: ExternalClientApp", "kind: ConnectedApp").replace(from, to);
  writeFileSync(join(folder, "cpq-admin-api.yaml"), spec);
}

beforeAll(async () => {
  installSalesforceCli();
  writeSpec(home);
  const linked = await sf("plugins", "link", root, "--no-install");
  expect(linked.status, linked.stderr).toBe(0);
});

afterAll(async () => {
  await sf("cpq", "localorg", "stop");
  // The official CLI leaves processes behind that may still write here.
  rmSync(home, { recursive: true, force: true, maxRetries: 10 });
});

test("inside the real Salesforce CLI: help, local orgs, validate, deploy with verification, exit codes", async () => {
  const help = await sf("cpq", "connectedapp", "deploy", "--help");
  expect(help).toMatchObject({ status: 0 });
  expect(help.stdout.replace(/\s+/g, " ")).toContain("4 deployed, but the verification failed");

  expect(await sf("cpq", "localorg", "start", "--background")).toMatchObject({ status: 0 });
  const orgs = await sfJson("org", "list");
  expect(JSON.stringify(orgs.json.result)).toContain("local-sandbox");

  expect(await sf("cpq", "connectedapp", "validate", "--spec", "cpq-admin-api.yaml")).toMatchObject({
    status: 0,
  });
  const deploy = [
    "cpq",
    "connectedapp",
    "deploy",
    "--spec",
    "cpq-admin-api.yaml",
    "--target-org",
    "local-sandbox",
  ];
  const created = await sf(...deploy);
  expect(created.status, created.stderr).toBe(0);
  expect(created.stdout).toMatch(/✓ Signature/);

  const again = await sfJson(...deploy);
  expect(again).toMatchObject({
    status: 0,
    json: { status: 0, result: { apps: [{ plan: { action: "nothing" } }] } },
  });

  const drift = ["cpq", "connectedapp", "drift", "--spec", "cpq-admin-api.yaml", "-o", "local-sandbox"];
  expect((await sf(...drift)).status).toBe(0);
  writeSpec(home, "[api]", "[api, web]");
  const drifted = await sf(...drift);
  expect(drifted.stdout).toMatch(/oauth\.scopes.*expected \[api, web\], is \[api\]/);
  expect(drifted.status).toBe(3);
  expect(await sfJson(...drift)).toMatchObject({ status: 3, json: { status: 3 } });
  const merge = await sf("cpq", "connectedapp", "drift", "merge", "nowhere.json");
  expect(merge.status).toBe(1);

  const imported = await sf("cpq", "connectedapp", "import", "-o", "local-sandbox", "--all", "-d", "specs");
  expect(imported.stdout).toContain("Wrote specs/CPQ_Admin_API.yaml");

  expect((await sf(...deploy, "--no-such-flag")).status).toBe(2);
  const missing = await sfJson("cpq", "connectedapp", "validate", "--spec", "missing.yaml");
  expect(missing).toMatchObject({ status: 2, json: { status: 2, name: "NoSpecFileError" } });

  expect(await sf("cpq", "localorg", "stop")).toMatchObject({ status: 0 });
  expect(existsSync(join(home, ".sfdx", "admin@sandbox.example.com.json"))).toBe(false);
});

test("Ctrl-C says where the run was and how to go on or back, and what it made is deleted again", async () => {
  writeSpec(home);
  // No token is given out as long as this test runs, so the run waits for one.
  const started = await sf("cpq", "localorg", "start", "--background", "--propagation", "60m");
  expect(started.status, started.stderr).toBe(0);
  const words = "cpq connectedapp deploy --spec cpq-admin-api.yaml --target-org local-sandbox";
  const child = open(...words.split(" "));
  const end = once(child, "close");
  let said = "";
  child.stderr.on("data", (chunk) => {
    said += chunk;
  });
  const runs = join(home, ".sf", "cpq-runs");
  const isVerifying = (file: string) => readFileSync(join(runs, file), "utf8").includes('"verify"');
  await vi.waitUntil(
    () => existsSync(runs) && readdirSync(runs).some((file) => /\.json$/.test(file) && isVerifying(file)),
    { timeout: 240_000, interval: 20 },
  );
  child.kill("SIGINT");
  expect(await end).toEqual([130, null]);
  expect(said).toContain(`To continue: sf ${words} --resume\n`);
  expect(said).toContain(`To undo it: sf ${words} --abort\n`);
  const undone = await sfJson(...words.split(" "), "--abort");
  expect(undone).toMatchObject({ status: 0, json: { result: { undone: { outcome: "removed" } } } });
  expect(readdirSync(runs)).toEqual([]);
  expect(await sf("cpq", "localorg", "stop")).toMatchObject({ status: 0 });
});

test("local orgs are known to the real Salesforce CLI while they run, and nothing is left of them after stop", async () => {
  const known = async () => {
    const aliases = (await sfJson("alias", "list")).json.result as { alias: string; value: string }[];
    const orgs = Object.values((await sfJson("org", "list")).json.result as Record<string, object[]>).flat();
    return { aliases: aliases.map(({ alias }) => alias).sort(), orgs: orgs.length };
  };
  expect((await sf("cpq", "--help")).stdout).toMatch(/cpq localorg\s+Run an embedded Salesforce org/);
  expect(await known()).toEqual({ aliases: [], orgs: 0 });

  const started = await sfJson("cpq", "localorg", "start", "--background", "--org", "uat");
  expect(started.status).toBe(0);
  expect((await known()).aliases).toEqual(["local-uat"]);
  expect((await sfJson("cpq", "localorg", "list")).json.result).toEqual(started.json.result);
  const display = await sfJson("org", "display", "--target-org", "local-uat");
  expect(display.json.result).toMatchObject({
    username: "admin@uat.example.com",
    connectedStatus: "Connected",
  });

  expect((await sf("cpq", "localorg", "stop")).stdout).toBe("Stopped local-uat.\n");
  expect(await known()).toEqual({ aliases: [], orgs: 0 });
});

test("the packed plugin is installed and runs from its tarball's files alone", async () => {
  const user = mkdtempSync(join(tmpdir(), "cpq-packed-"));
  onTestFinished(() => rmSync(user, { recursive: true, force: true, maxRetries: 10 }));
  installPackedPlugin(user);
  const line = salesforceCli(user);
  writeSpec(user);
  const validated = await line.sf("cpq", "connectedapp", "validate", "--spec", "cpq-admin-api.yaml");
  expect(validated, validated.stderr).toMatchObject({
    status: 0,
  });
  expect((await line.sf("cpq", "localorg", "start", "--help")).stdout).toContain("--propagation");

  const report = { schemaVersion: 1, checkedAt: "2026-04-01T00:00:00.000Z", version: "0.1.0", apps: [] };
  writeFileSync(join(user, "drift.json"), JSON.stringify(report));
  const html = await line.sf("cpq", "connectedapp", "drift", "merge", "drift.json", "--format", "html");
  expect(html.stdout).toMatch(/<style>.*\.figures \{.*<script>.*getElementById/s);
});
