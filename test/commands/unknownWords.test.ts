import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { KindName } from "./appsInOrg.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";
import { type ElementPlace, setElement } from "./tampering.ts";

const { home, sandbox, sf, sfJson, write } = await startTestOrgs();
const app = (...args: string[]) => sf("cpq", "connectedapp", ...args);
const inSandbox = ["--target-org", "local-sandbox"];

/** Where an org has the scopes of an app, as it would with one that Salesforce added after this plugin was made. */
const cases: { kind: KindName; place: ElementPlace; texts: string[]; written: RegExp }[] = [
  {
    kind: "ConnectedApp",
    place: ["ConnectedApp", "oauthConfig", "scopes"],
    texts: ["Api", "Quantum"],
    written: /<scopes>Quantum<\/scopes>/,
  },
  {
    kind: "ExternalClientApp",
    place: ["ExtlClntAppOauthSettings", "commaSeparatedOauthScopes"],
    texts: ["Api, Quantum"],
    written: /<commaSeparatedOauthScopes>Api, Quantum</,
  },
];

test.each(cases)("a scope of an org that nobody knows yet, in an app of the kind $kind", async (one) => {
  const { kind, place, texts, written } = one;
  const made = await app(
    "deploy",
    "--spec",
    write(`${kind}.yaml`, specTextOf(kind, kind)),
    ...inSandbox,
    "--no-verify",
  );
  expect(made.status, made.stderr).toBe(0);
  setElement(sandbox.org, kind, place, texts);

  const folder = `imported-${kind}`;
  const imported = await app("import", "--name", kind, ...inSandbox, "--output-dir", folder);
  expect(imported.status, imported.stderr).toBe(0);
  expect(imported.stdout).toContain("oauth.scopes is Quantum, a value that this plugin does not know");
  const spec = join(folder, `${kind}.yaml`);
  expect(readFileSync(join(home, spec), "utf8")).toContain("scopes: [api, Quantum]");

  const { json } = await sfJson("cpq", "connectedapp", "validate", "--spec", spec);
  const { findings } = (json.result as { specs: { findings: { rule: string; location: object }[] }[] })
    .specs[0] ?? { findings: [] };
  const lines = readFileSync(join(home, spec), "utf8").split("\n");
  const line = lines.findIndex((text) => text.includes("Quantum]")) + 1;
  expect(findings.filter(({ rule }) => rule === "unknown-word")).toMatchObject([
    {
      rule: "unknown-word",
      level: "warning",
      location: { file: spec, line, column: String(lines[line - 1]).indexOf("Quantum") + 1 },
    },
  ]);
  expect((await app("drift", "--spec", spec, ...inSandbox)).status).toBe(0);

  const generated = await app("generate", "--spec", spec, "--output-dir", `generated-${kind}`);
  expect(generated.status, generated.stderr).toBe(0);
  const files = readdirSync(join(home, `generated-${kind}`), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "utf8"));
  expect(files.join("\n")).toMatch(written);
});

test("a typing slip in a word is a warning with what may be meant, and the org's refusal names its place", async () => {
  const spec = write("slip.yaml", specTextOf("ConnectedApp", "Slip", ["[api]", "[id, apii]"]));
  const validated = await app("validate", "--spec", spec);
  expect(validated.status).toBe(0);
  expect(validated.stdout).toMatch(
    /slip\.yaml:8:16 +warning +oauth\.scopes is apii, which is not known here .*Did you mean api\? \(unknown-word\)/,
  );
  const deployed = await app("deploy", "--spec", spec, ...inSandbox);
  expect(deployed.status).toBe(1);
  expect(deployed.stderr).toMatch(/apii/);
  expect(deployed.stderr).toMatch(/slip\.yaml:8:/);
});
