import { copyFileSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { installPackedPlugin, installSalesforceCli } from "./installation.ts";
import { salesforceCli } from "./salesforceCli.ts";

const root = join(import.meta.dirname, "..", "..");
const home = mkdtempSync(join(tmpdir(), "cpq-plugin-"));
const { sf, sfJson } = salesforceCli(home);

beforeAll(async () => {
  installSalesforceCli();
  copyFileSync(join(root, "templates", "connected-app.yaml"), join(home, "cpq-admin-api.yaml"));
  const linked = await sf("plugins", "link", root, "--no-install");
  expect(linked.status, linked.stderr).toBe(0);
});

afterAll(async () => {
  await sf("cpq", "localorg", "stop");
  rmSync(home, { recursive: true, force: true });
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
  expect(again).toMatchObject({ status: 0, json: { status: 0, result: { plan: { action: "nothing" } } } });

  expect((await sf(...deploy, "--no-such-flag")).status).toBe(2);
  const missing = await sfJson("cpq", "connectedapp", "validate", "--spec", "missing.yaml");
  expect(missing).toMatchObject({ status: 1, json: { status: 1, name: "InvalidSpec" } });

  expect(await sf("cpq", "localorg", "stop")).toMatchObject({ status: 0 });
  expect(existsSync(join(home, ".sfdx", "admin@sandbox.example.com.json"))).toBe(false);
});

test("the packed plugin is installed and runs from its tarball's files alone", async () => {
  const user = mkdtempSync(join(tmpdir(), "cpq-packed-"));
  onTestFinished(() => rmSync(user, { recursive: true, force: true }));
  installPackedPlugin(user);
  const line = salesforceCli(user);
  copyFileSync(join(root, "templates", "connected-app.yaml"), join(user, "cpq-admin-api.yaml"));
  const validated = await line.sf("cpq", "connectedapp", "validate", "--spec", "cpq-admin-api.yaml");
  expect(validated, validated.stderr).toMatchObject({
    status: 0,
  });
  expect((await line.sf("cpq", "localorg", "start", "--help")).stdout).toContain("--propagation");
});
