import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installSalesforceCli } from "./installation.ts";
import { salesforceCli } from "./salesforceCli.ts";

const root = join(import.meta.dirname, "..", "..");
const home = mkdtempSync(join(tmpdir(), "cpq-output-"));
const { sf } = salesforceCli(home);
const org = ["--target-org", "local-sandbox"];
const spec = (file: string) => ["--spec", file, ...org];

/** Runs of which each ends in another way. */
const runs = [
  { code: 0, args: ["validate", "--spec", "app.yaml"], said: "" },
  { code: 1, args: ["validate", "--spec", "invalid.yaml"], said: /^Error \(1\): [\s\S]*invalid\.yaml/ },
  { code: 2, args: ["validate", "--spec", "missing.yaml"], said: /^Error \(2\): [\s\S]*missing\.yaml/ },
  { code: 1, args: ["drift", "merge", "missing.json"], said: /^Error \(1\): [\s\S]*missing\.json/ },
  { code: 2, args: ["validate", "--no-such-flag"], said: /Nonexistent flag: --no-such-flag/ },
  { code: 3, args: ["drift", ...spec("other.yaml")], said: "" },
  { code: 4, args: ["deploy", ...spec("refused.yaml")], said: /./ },
] as const;

beforeAll(async () => {
  installSalesforceCli();
  const template = readFileSync(join(root, "templates", "minimal.yaml"), "utf8");
  const write = (file: string, name: string, from: string, to: string) =>
    writeFileSync(
      join(home, file),
      template
        .replace("kind: ExternalClientApp", "kind: ConnectedApp")
        .replace("CPQ_Admin_API", name)
        .replace(from, to),
    );
  write("app.yaml", "App", "", "");
  writeFileSync(join(home, "invalid.yaml"), "kind: Nothing\n");
  write("other.yaml", "App", "[api]", "[api, openid]");
  // The app lets nobody in. No time changes such a refusal, so nothing waits for it.
  write("refused.yaml", "Refused", "[CPQ Integration]", "[]");
  const linked = await sf("plugins", "link", root, "--no-install");
  expect(linked.status, linked.stderr).toBe(0);
  expect(await sf("cpq", "localorg", "start", "--background")).toMatchObject({ status: 0 });
  const deployed = await sf("cpq", "connectedapp", "deploy", ...spec("app.yaml"));
  expect(deployed.status, deployed.stderr).toBe(0);
});

afterAll(async () => {
  await sf("cpq", "localorg", "stop");
  // The official CLI leaves processes behind that may still write here.
  rmSync(home, { recursive: true, force: true, maxRetries: 10 });
});

describe("inside the real Salesforce CLI, no line of the output comes from anything but the plugin", () => {
  test.each(runs)("$code: $args", async ({ code, args, said }) => {
    const { status, stderr } = await sf("cpq", "connectedapp", ...args);
    expect(stderr).toMatch(said);
    expect({ status, noise: noiseIn(stderr) }).toEqual({ status: code, noise: [] });
  });

  test.each(runs)("$code: $args, with --json", async ({ code, args }) => {
    const { status, stdout, stderr } = await sf("cpq", "connectedapp", ...args, "--json");
    expect({ status, json: JSON.parse(stdout).status, stderr }).toEqual({
      status: code,
      json: code,
      stderr: "",
    });
  });
});

/** What a user cannot make anything of: oclif's own words for an exit, stack traces, Node's warnings. */
function noiseIn(text: string): string[] {
  return text.split("\n").filter((line) => /EEXIT|^\s+at |\(node:\d+\)|Warning: Using insecure/.test(line));
}
