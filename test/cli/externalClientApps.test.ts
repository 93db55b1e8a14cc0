import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { spawnedCommandLine } from "../commands/commandLine.ts";
import { specTextOf, startTestOrgs } from "../commands/localOrgs.ts";
import { makeInSetup, partNamesIn } from "../commands/madeInSetup.ts";
import { installSalesforceCli } from "./installation.ts";
import { salesforceCli } from "./salesforceCli.ts";

const { sandbox, home, write } = await startTestOrgs();
const official = salesforceCli(home);
const plugin = spawnedCommandLine(home);
const org = ["--target-org", "local-sandbox"];
const folder = join(home, "force-app", "main", "default");

const components = [
  "ExternalClientApplication:Round_Trip",
  "ExtlClntAppGlobalOauthSettings:Round_Trip_glbloauth",
  "ExtlClntAppOauthSettings:Round_Trip_oauth",
  "ExtlClntAppOauthConfigurablePolicies:Round_Trip_oauth_defaultPolicy",
  "ExtlClntAppConfigurablePolicies:Round_Trip_defaultPolicy",
];

beforeAll(() => {
  installSalesforceCli();
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(home, "sfdx-project.json"),
    '{"packageDirectories":[{"path":"force-app","default":true}],"sourceApiVersion":"67.0"}',
  );
});

function files(): Map<string, string> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) =>
    entry.isFile(),
  );
  return new Map(entries.map(({ name, parentPath }) => [name, readFileSync(join(parentPath, name), "utf8")]));
}

test("the official CLI deploys and retrieves the five generated files of an external client app, and deletes it", async () => {
  // The file goes to the org as it is, and the org knows permission sets of these apps by API name only.
  const byApiName: [string, string] = ["CPQ Integration", "CPQ_Integration"];
  write("round-trip.yaml", specTextOf("ExternalClientApp", "Round_Trip", byApiName));
  expect(await plugin.sf("cpq", "connectedapp", "generate", "--spec", "round-trip.yaml")).toMatchObject({
    status: 0,
  });
  const generated = files();
  expect(generated.size).toBe(5);

  const deployed = await official.sfJson("project", "deploy", "start", "--source-dir", "force-app", ...org);
  expect(deployed.status, JSON.stringify(deployed.json)).toBe(0);
  expect(deployed.json.result).toMatchObject({ success: true, numberComponentsDeployed: 5 });

  rmSync(folder, { recursive: true });
  const metadata = components.flatMap((component) => ["--metadata", component]);
  const retrieved = await official.sfJson("project", "retrieve", "start", ...metadata, ...org);
  expect(retrieved.status, JSON.stringify(retrieved.json)).toBe(0);
  const back = files();
  expect([...back.keys()].sort()).toEqual([...generated.keys()].sort());
  for (const [name, text] of generated) {
    // The org adds its defaults; what was said is said again.
    for (const line of text.split("\n").slice(2, -2)) expect(back.get(name), name).toContain(line.trim());
  }
  expect([...back.values()].join()).not.toContain("consumerSecret");

  const deletion = await official.sfJson(
    "project",
    "delete",
    "source",
    "--metadata",
    components[0] ?? "",
    "--no-prompt",
    ...org,
  );
  expect(deletion.status, JSON.stringify(deletion.json)).toBe(0);
  expect(sandbox.org.components.get("ExternalClientApplication")?.size ?? 0).toBe(0);
});

test("an app that Setup made goes from the official CLI to a spec and back, and keeps the names of its parts", async () => {
  rmSync(folder, { recursive: true, force: true });
  await makeInSetup(sandbox, "Foreign");
  const names = partNamesIn(sandbox, "Foreign");
  const types = components.map((component) => component.split(":")[0] ?? "");
  const metadata = types.flatMap((type) => ["--metadata", type]);
  const retrieved = await official.sfJson("project", "retrieve", "start", ...metadata, ...org);
  expect(retrieved.status, JSON.stringify(retrieved.json)).toBe(0);
  const before = [...files().keys()].sort();
  expect(before).toHaveLength(5);

  const app = (...args: string[]) => plugin.sf("cpq", "connectedapp", ...args);
  const spec = join("specs", "Foreign.yaml");
  expect(await app("import", "--source-dir", "force-app", "-d", "specs")).toMatchObject({ status: 0 });
  expect(await app("drift", "--spec", spec, ...org)).toMatchObject({ status: 0 });
  const text = readFileSync(join(home, spec), "utf8");
  write(spec, text.replace("timeout: 30m", "timeout: 10m"));
  expect(await app("generate", "--spec", spec)).toMatchObject({ status: 0 });
  expect([...files().keys()].sort()).toEqual(before);

  const deployed = await official.sfJson("project", "deploy", "start", "--source-dir", "force-app", ...org);
  expect(deployed.status, JSON.stringify(deployed.json)).toBe(0);
  expect(partNamesIn(sandbox, "Foreign")).toEqual(names);
  expect(await app("deploy", "--spec", spec, "--no-verify", ...org)).toMatchObject({
    status: 0,
    stdout: expect.stringContaining("Nothing to change"),
  });
});
