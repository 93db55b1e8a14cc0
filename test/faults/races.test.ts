import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { appInOrg, kindNames } from "../commands/appsInOrg.ts";
import { specText, specTextOf, startTestOrgs } from "../commands/localOrgs.ts";
import { setElement } from "../commands/tampering.ts";

// Each command is a process of its own, and they start at the same time. Which of them comes first differs, so there are
// several rounds, and what must hold holds in each.

const { home, spawned, sfJson, sandbox, write } = await startTestOrgs();
const { org } = sandbox;
const toSandbox = ["--target-org", sandbox.alias];
const rounds = process.env.FAULTS === "sample" ? [1] : [1, 2, 3, 4];

describe.each(kindNames)("two deploys of one new %s at once", (kind) => {
  test.each(rounds)("round %s: both end well, and the stored pair gets a token", async (round) => {
    const name = `Race_${kind}_${round}`;
    const app = ["--spec", write(`${name}.yaml`, specTextOf(kind, name)), ...toSandbox];
    // In some rounds, the second one comes while the org still deploys.
    org.behaviour.deployTime = round % 2 === 0 ? 500 : 0;
    const deploy = ["cpq", "connectedapp", "deploy", ...app, "--enable-credential-access"];
    const ends = await Promise.all([spawned.sf(...deploy), spawned.sf(...deploy)]);
    org.behaviour.deployTime = 0;
    expect(ends.map(({ status, stderr }) => ({ status, stderr }))).toMatchObject([
      { status: 0 },
      { status: 0 },
    ]);
    const shown = await sfJson("cpq", "connectedapp", "credentials", "show", ...app, "--show-secret");
    const { consumerKey: key, consumerSecret: secret } = appInOrg(org, kind, name) ?? {};
    expect(shown.json.result).toMatchObject({ key, secret });
    const { status, json } = await sfJson("cpq", "connectedapp", "token", ...app, "--fresh");
    expect(status, json.message).toBe(0);
  });
});

describe("several accept other settings into one spec at once", () => {
  const texts = {
    label: { elements: ["label"], value: "Renamed in the org" },
    contactEmail: { elements: ["contactEmail"], value: "other@example.com" },
    description: { elements: ["description"], value: "Written in the org" },
    "oauth.callbackUrl": { elements: ["oauthConfig", "callbackUrl"], value: "https://example.com/other" },
  };
  const spec = "Accepted.yaml";
  const file = join(home, spec);
  const drift = ["cpq", "connectedapp", "drift", "--spec", spec, ...toSandbox];

  test.each(rounds)("round %s: nothing is lost", async () => {
    const text = `# Ours.\n${specText("Accepted")}description: Of the spec\n`;
    writeFileSync(file, text);
    const { status, json } = await sfJson("cpq", "connectedapp", "deploy", "--spec", spec, ...toSandbox);
    expect(status, json.message).toBe(0);
    for (const { elements, value } of Object.values(texts))
      setElement(org, "Accepted", ["ConnectedApp", ...elements], [value]);
    const ends = await Promise.all(Object.keys(texts).map((path) => spawned.sf(...drift, "--accept", path)));
    // Whoever reads the spec last may find no drift any more.
    for (const end of ends) expect([0, 3], end.stderr).toContain(end.status);
    const accepted = readFileSync(file, "utf8");
    for (const { value } of Object.values(texts)) expect(accepted).toContain(value);
    expect(accepted).toContain("# Ours.");
    expect(await sfJson(...drift)).toMatchObject({ status: 0 });
  });
});
