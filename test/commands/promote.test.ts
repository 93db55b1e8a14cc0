import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { DeployResult, Promotion } from "../../src/results/promotion.ts";
import { appInOrg, type KindName, kindNames } from "./appsInOrg.ts";
import { specTextOf, startTestOrgs, twoEnvironments } from "./localOrgs.ts";
import { userOf } from "./tampering.ts";
import { tenant, tenantInMaintenance } from "./tenants.ts";

const orgs = await startTestOrgs();
const { sandbox, production, write, home, sf, sfJson } = orgs;

/** A spec with a sandbox and a production environment. */
function promotable(kind: KindName, name: string, ...changes: [string, string][]): string {
  return specTextOf(kind, name, ...changes) + twoEnvironments;
}

const given = ["--no-prompt", "--yes-production"];
const keygen = ["cpq", "connectedapp", "receipt", "keygen"];

async function deployedToUat(kind: KindName, name: string, ...changes: [string, string][]): Promise<string> {
  const file = write(`${name}.yaml`, promotable(kind, name, ...changes));
  const more = kind === "ExternalClientApp" ? ["--enable-credential-access"] : [];
  const { status, stdout } = await sf("cpq", "connectedapp", "deploy", "--spec", file, "-e", "uat", ...more);
  expect(stdout).toContain("The app is verified");
  expect(status).toBe(0);
  return file;
}

async function promoted(file: string, ...more: string[]) {
  const args = ["cpq", "connectedapp", "promote", "--spec", file, "--from", "uat", "--to", "production"];
  const { status, json } = await sfJson(...args, ...more);
  return { status, json, promotion: json.result as Promotion };
}

const failedGate = ({ gates }: Promotion) => gates.find(({ outcome }) => outcome === "failed");

test.each(kindNames)("%s: all gates, deploy, verification and a receipt without a secret", async (kind) => {
  const name = `Promoted_${kind}`;
  const file = await deployedToUat(kind, name);
  const access = kind === "ExternalClientApp" ? ["--enable-credential-access"] : [];
  const { status, promotion } = await promoted(file, ...given, ...access, "--receipt", "receipts/a.json");
  expect(promotion.gates.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
    "sourceInSync passed",
    "sourceVerified passed",
    "targetReachable passed",
    "otherOrg passed",
    "orgType passed",
    "ownValues passed",
    "lint passed",
    "preflight passed",
    "checkOnly passed",
    "confirmation passed",
  ]);
  expect(status).toBe(0);
  const made = appInOrg(production.org, kind, name);
  const source = appInOrg(sandbox.org, kind, name);
  expect(made?.texts("callbackUrl")).toEqual(["https://example.com/production"]);
  // Keys and secrets never travel.
  expect(made?.consumerKey).not.toBe(source?.consumerKey);
  const receipt = readFileSync(join(home, "receipts/a.json"), "utf8");
  expect(JSON.parse(receipt)).toMatchObject({
    app: { kind, name },
    from: { environment: "uat", orgId: sandbox.org.id },
    to: { environment: "production", orgId: production.org.id },
  });
  expect(receipt).not.toContain(made?.consumerSecret);
  expect(receipt).not.toContain(source?.consumerSecret);
  // Nobody is asked where nothing will change, so nobody has to answer in advance.
  const again = await promoted(file);
  expect(again.promotion.gates.at(-1)).toMatchObject({ id: "confirmation", outcome: "skipped" });
  expect(again).toMatchObject({ status: 0, promotion: { deploy: { plan: { action: "nothing" } } } });
});

describe("a gate that fails stops the promotion, and nothing is changed", () => {
  const stopped = async (file: string, name: string, gate: string, detail: RegExp, ...more: string[]) => {
    const { status, promotion } = await promoted(file, ...(more.length > 0 ? more : given));
    expect(failedGate(promotion)).toMatchObject({ id: gate, detail: expect.stringMatching(detail) });
    expect(status).toBe(1);
    expect(production.org.connectedApps.has(name)).toBe(false);
  };

  test("the source is not as its spec says", async () => {
    const file = await deployedToUat("ConnectedApp", "Tampered");
    writeFileSync(join(home, file), promotable("ConnectedApp", "Tampered", ["[api]", "[api, web]"]));
    await stopped(file, "Tampered", "sourceInSync", /Tampered\.yaml:8:\d+ oauth\.scopes is \[api\]/);
  });

  test("the source cannot be reached", async () => {
    const file = write("far.yaml", promotable("ConnectedApp", "Far").replace("local-sandbox", "nowhere"));
    const { status, json } = await promoted(file, ...given);
    expect(status).toBe(1);
    expect(json.message).toContain("nowhere");
  });

  test("no token of the source is right", async () => {
    const file = await deployedToUat("ConnectedApp", "Secretless");
    const app = sandbox.org.connectedApps.get("Secretless");
    if (app !== undefined) app.consumerSecret = "AnotherSecret123";
    await stopped(file, "Secretless", "sourceVerified", /secret/i);
  });

  test("a token of the source could not be checked", async () => {
    const file = await deployedToUat("ConnectedApp", "Unchecked");
    const text = promotable("ConnectedApp", "Unchecked");
    writeFileSync(join(home, file), `${text}cpq: {url: "${await tenantInMaintenance()}"}\n`);
    await stopped(file, "Unchecked", "sourceVerified", /local-sandbox could not be verified: .*maintenance/);
  });

  test("source and target are one org", async () => {
    const file = await deployedToUat("ConnectedApp", "Same_Org");
    const text = promotable("ConnectedApp", "Same_Org").replaceAll("local-production", "local-sandbox");
    writeFileSync(join(home, file), text);
    await stopped(file, "Same_Org", "otherOrg", /same org/);
  });

  test("the target is of another type than its environment says", async () => {
    const file = await deployedToUat("ConnectedApp", "Other_Type");
    const text = promotable("ConnectedApp", "Other_Type").replace(
      "orgType: production",
      "orgType: development",
    );
    writeFileSync(join(home, file), text);
    await stopped(file, "Other_Type", "orgType", /local-production is of the type production.*development/);
  });

  test("the Run As user and a URL would arrive unchanged", async () => {
    const file = await deployedToUat("ConnectedApp", "Unchanged");
    const text = promotable("ConnectedApp", "Unchanged");
    writeFileSync(join(home, file), text.slice(0, text.indexOf("    oauth:\n      callbackUrl")));
    await stopped(file, "Unchanged", "ownValues", /Unchanged\.yaml:7:\d+ oauth\.callbackUrl.*runAs/);
  });

  test("the policy lint finds what the target does not allow, unless the spec gives a reason", async () => {
    const change: [string, string] = ["timeout: 30m", "timeout: 2h"];
    const strict = "    lint: {failOn: warning}\n";
    const file = await deployedToUat("ExternalClientApp", "Linted", change).catch(() => "Linted.yaml");
    writeFileSync(join(home, file), promotable("ExternalClientApp", "Linted", change) + strict);
    await stopped(file, "Linted", "lint", /jwt-timeout-long/);
    const reason = "    lint: {failOn: warning, ignore: [{rule: jwt-timeout-long, reason: Long nights}]}\n";
    writeFileSync(join(home, file), promotable("ExternalClientApp", "Linted", change) + reason);
    await stopped(file, "Linted", "confirmation", /yes-production/, "--no-prompt");
  });

  test("the target does not accept the deploy", async () => {
    const file = await deployedToUat("ConnectedApp", "Refused");
    production.org.behaviour.restrictConnectedApps = true;
    await stopped(file, "Refused", "checkOnly", /can't create a connected app/);
    production.org.behaviour.restrictConnectedApps = false;
  });

  test.each([
    { what: "missing", change: "cpq.nobody@", rule: /run-as-missing/ },
    { what: "not approved", change: "cpq.other@", rule: /run-as-not-approved/ },
    { what: "not able to use the API", change: "cpq.noapi@", rule: /run-as-api-disabled/ },
  ])("the Run As user is $what", async ({ what, change, rule }) => {
    const name = `Pre_${what.replaceAll(" ", "_")}`;
    const file = await deployedToUat("ConnectedApp", name);
    const text = promotable("ConnectedApp", name);
    writeFileSync(join(home, file), text.replace(/(production:[\s\S]*runAs: )\S+@/, `$1${change}`));
    await stopped(file, name, "preflight", rule);
  });

  test("the Run As user is frozen; a dry run says the same, and validate too", async () => {
    const file = await deployedToUat("ConnectedApp", "Pre_Frozen");
    const user = userOf(production.org, "cpq.integration@example.com");
    user.isFrozen = true;
    try {
      await stopped(file, "Pre_Frozen", "preflight", /Pre_Frozen\.yaml:\d+:\d+ .*frozen.*\(run-as-frozen\)/);
      const to = ["--spec", file, "-e", "production"];
      const dry = await sf("cpq", "connectedapp", "deploy", ...to, "--dry-run");
      expect(dry.status).toBe(1);
      expect(dry.stdout).not.toContain("accepts the deploy");
      expect(dry.stdout).toMatch(/would not work in local-production[\s\S]*\(run-as-frozen\)/);
      const validate = ["cpq", "connectedapp", "validate", ...to, "--target-org", "local-production"];
      expect((await sf(...validate)).stdout).toContain("run-as-frozen");
    } finally {
      user.isFrozen = false;
    }
  });

  test("nobody says yes to a production org", async () => {
    const file = await deployedToUat("ConnectedApp", "Unconfirmed");
    await stopped(file, "Unconfirmed", "confirmation", /--yes-production is not given/, "--no-prompt");
  });
});

describe("a failed verification gives the target its former metadata back", () => {
  test("an app that was there has its former settings", async () => {
    const file = await deployedToUat("ConnectedApp", "Restored");
    expect((await promoted(file, ...given)).status).toBe(0);
    const before = appInOrg(production.org, "ConnectedApp", "Restored");
    const text = promotable("ConnectedApp", "Restored").replace("label: Restored", "label: Restored anew");
    writeFileSync(join(home, file), text);
    expect((await sf("cpq", "connectedapp", "deploy", "--spec", file, "-e", "uat")).status).toBe(0);
    production.org.behaviour.blockClientCredentialsFlow = true;
    const { status, promotion } = await promoted(file, ...given);
    production.org.behaviour.blockClientCredentialsFlow = false;
    expect(status).toBe(4);
    expect(promotion.restored).toBe(true);
    expect(promotion.formerApp).toMatchObject({ outcome: "failed", checks: [{ id: "token" }] });
    const after = appInOrg(production.org, "ConnectedApp", "Restored");
    expect(after?.texts("label")).toEqual(before?.texts("label"));
    expect(after?.texts("permissionSetName")).toEqual(before?.texts("permissionSetName"));
    expect(after?.consumerKey).toBe(before?.consumerKey);
  });

  test("an app that was there works again, as a fresh token shows", async () => {
    const relaxed: [string, string] = ["refreshToken: zero", "refreshToken: zero\n  ipRelaxation: bypass"];
    const file = await deployedToUat("ConnectedApp", "Proven", relaxed);
    expect((await promoted(file, ...given)).status).toBe(0);
    const { profileName } = userOf(production.org, "cpq.integration@example.com");
    const profile = production.org.profiles.find(({ name }) => name === profileName);
    if (profile === undefined) throw new Error("The Run As user's profile is missing.");
    profile.loginIpRanges = [{ start: "10.0.0.1", end: "10.0.0.9" }];
    // The new app holds to the IP restrictions, and this machine is outside of them.
    const text = `${promotable("ConnectedApp", "Proven", relaxed)}    policy: {ipRelaxation: enforce}\n`;
    writeFileSync(join(home, file), text);
    const args = ["cpq", "connectedapp", "promote", "--spec", file, "--from", "uat", "--to", "production"];
    const { status, stdout, stderr } = await sf(...args, ...given);
    profile.loginIpRanges = [];
    expect(stdout).toMatch(/its former metadata back.* A fresh token shows that the former app works/);
    expect(stdout).not.toContain("!!!");
    expect(stderr).toMatch(
      /gets its former metadata back …\nA token of the former app Proven is asked for …/,
    );
    expect(status).toBe(4);
  });

  test("a former app that gives no token is the loudest line", async () => {
    const file = await deployedToUat("ConnectedApp", "Loud");
    expect((await promoted(file, ...given)).status).toBe(0);
    writeFileSync(join(home, file), `${promotable("ConnectedApp", "Loud")}    label: Louder\n`);
    production.org.behaviour.opaqueTokens = true;
    const args = ["cpq", "connectedapp", "promote", "--spec", file, "--from", "uat", "--to", "production"];
    const { status, stdout } = await sf(...args, ...given);
    production.org.behaviour.opaqueTokens = false;
    expect(stdout).toMatch(
      /!!! THE VERIFICATION FAILED, AND THE FORMER APP IN PRODUCTION, WHICH IS BACK, IS NOT VERIFIED/,
    );
    expect(stdout).toMatch(/!!! \n.*✓ Token issued/);
    expect(stdout).toContain("it was read once more, and is as it was before");
    expect(status).toBe(4);
  });

  test("an app that was new is gone again, and can be promoted later", async () => {
    const file = await deployedToUat("ConnectedApp", "Undone");
    production.org.behaviour.blockClientCredentialsFlow = true;
    const { status, promotion } = await promoted(file, ...given);
    production.org.behaviour.blockClientCredentialsFlow = false;
    expect({ status, restored: promotion.restored }).toEqual({ status: 4, restored: true });
    expect(promotion).not.toHaveProperty("formerApp");
    expect(production.org.connectedApps.has("Undone")).toBe(false);
    expect(await promoted(file, ...given)).toMatchObject({ status: 0 });
  });
});

test("a verification that could not be made restores nothing, and gives no receipt until it was made", async () => {
  const file = await deployedToUat("ConnectedApp", "Unverified");
  const text = promotable("ConnectedApp", "Unverified");
  const url = await tenantInMaintenance();
  writeFileSync(join(home, file), `${text}    cpq: {url: "${url}"}\n`);
  const args = ["cpq", "connectedapp", "promote", "--spec", file, "--from", "uat", "--to", "production"];
  const { status, stdout } = await sf(...args, ...given, "--receipt", "unverified.json");
  expect(status).toBe(4);
  expect(stdout).toMatch(/keeps what was deployed, [\s\S]*There is no receipt yet\. Run the command again/);
  expect(stdout.match(/is new in/g)).toHaveLength(1);
  expect(stdout.match(/keeps what was deployed/g)).toHaveLength(1);
  expect(production.org.connectedApps.has("Unverified")).toBe(true);
  expect(existsSync(join(home, "unverified.json"))).toBe(false);

  writeFileSync(join(home, file), `${text}    cpq: {url: "${production.cpqUrl}"}\n`);
  const again = await promoted(file, ...given, "--receipt", "unverified.json");
  expect(again).toMatchObject({ status: 0, promotion: { receiptFile: "unverified.json", restored: false } });
});

describe("a plan for review", () => {
  const carriedOut = async (file: string, ...more: string[]) => {
    const { status, json } = await sfJson("cpq", "connectedapp", "deploy", "--plan", file, ...more);
    return { status, json, promotion: (json.result as DeployResult | undefined)?.promotion };
  };

  test("is written and nothing deployed; then just that is deployed, by the same gates, with a receipt", async () => {
    const file = await deployedToUat("ConnectedApp", "Planned");
    const { status, promotion } = await promoted(file, "--plan-out", "plans/plan.json");
    expect({ status, planFile: promotion.planFile }).toEqual({ status: 0, planFile: "plans/plan.json" });
    expect(production.org.connectedApps.has("Planned")).toBe(false);
    expect(JSON.parse(readFileSync(join(home, "plans/plan.json"), "utf8"))).toMatchObject({
      from: { id: sandbox.org.id, environment: "uat" },
      org: { id: production.org.id },
      environment: "production",
      by: expect.stringMatching(/./),
    });
    const unasked = await carriedOut("plans/plan.json");
    expect(unasked.status).toBe(1);
    expect(unasked.promotion && failedGate(unasked.promotion)).toMatchObject({ id: "confirmation" });
    expect(production.org.connectedApps.has("Planned")).toBe(false);
    const deployed = await carriedOut("plans/plan.json", ...given, "--receipt", "planned.json");
    expect(deployed.status).toBe(0);
    expect(deployed.promotion?.gates.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      "plan passed",
      ...promotion.gates.map(({ id, outcome }) => `${id} ${outcome}`),
      "confirmation passed",
    ]);
    expect(deployed.promotion?.gates[0]?.detail).toContain("unsigned");
    expect(existsSync(join(home, "planned.json"))).toBe(true);
    expect(production.org.connectedApps.has("Planned")).toBe(true);
  });

  test("gives the org its former metadata back too if the verification fails", async () => {
    const file = await deployedToUat("ConnectedApp", "Plan_Undone");
    await promoted(file, "--plan-out", "undone.json");
    production.org.behaviour.blockClientCredentialsFlow = true;
    const { status, promotion } = await carriedOut("undone.json", ...given);
    production.org.behaviour.blockClientCredentialsFlow = false;
    expect({ status, restored: promotion?.restored }).toEqual({ status: 4, restored: true });
    expect(production.org.connectedApps.has("Plan_Undone")).toBe(false);
  });

  test("is refused where somebody edited what it shows", async () => {
    const file = await deployedToUat("ConnectedApp", "Plan_Edited");
    await promoted(file, "--plan-out", "edited.json");
    const plan = JSON.parse(readFileSync(join(home, "edited.json"), "utf8"));
    const edits = [
      { app: { ...plan.app, name: "Another" } },
      { plan: { ...plan.plan, changes: [] } },
      { plan: { ...plan.plan, action: "nothing" } },
    ];
    for (const edit of edits) {
      write("edited.json", JSON.stringify({ ...plan, ...edit }));
      const { status, json } = await carriedOut("edited.json", ...given);
      expect({ status, name: json.name }).toEqual({ status: 1, name: "PlanEditedError" });
    }
    expect(production.org.connectedApps.has("Plan_Edited")).toBe(false);
  });

  test("is refused where the org moved on", async () => {
    const file = await deployedToUat("ConnectedApp", "Org_Moved");
    expect((await promoted(file, ...given)).status).toBe(0);
    const newer = `${promotable("ConnectedApp", "Org_Moved")}    label: Newer\n`;
    writeFileSync(join(home, file), newer);
    await promoted(file, "--plan-out", "org.json");
    writeFileSync(join(home, file), newer.replace("label: Newer", "label: Another"));
    expect((await promoted(file, ...given)).status).toBe(0);
    writeFileSync(join(home, file), newer);
    const { status, json } = await carriedOut("org.json", ...given);
    expect({ status, name: json.name }).toEqual({ status: 1, name: "OrgMovedOnError" });
  });

  test("goes on where its own run deployed but could not verify: it deploys nothing, and gives the receipt", async () => {
    const file = await deployedToUat("ConnectedApp", "Plan_Unverified");
    const text = promotable("ConnectedApp", "Plan_Unverified");
    let isBack = false;
    const url = await tenant((_request, response) => {
      if (isBack) response.writeHead(200, { "content-type": "application/json" }).end("[]");
      else response.writeHead(503).end();
    });
    writeFileSync(join(home, file), `${text}    cpq: {url: "${url}"}\n`);
    await promoted(file, "--plan-out", "unverified-plan.json");
    const args = ["cpq", "connectedapp", "deploy", "--plan", "unverified-plan.json", ...given];
    const first = await sf(...args, "--receipt", "after.json");
    expect(first.status).toBe(4);
    expect(first.stdout).toContain("Run the command again");
    expect(existsSync(join(home, "after.json"))).toBe(false);
    isBack = true;
    const again = await sf(...args, "--receipt", "after.json");
    expect(again.status, again.stderr).toBe(0);
    expect(again.stdout.match(/matches the spec\. Nothing to change\./g)).toHaveLength(1);
    expect(again.stdout).not.toContain("If the verification fails");
    expect(existsSync(join(home, "after.json"))).toBe(true);
    const plan = JSON.parse(readFileSync(join(home, "unverified-plan.json"), "utf8"));
    write("of-another.json", JSON.stringify({ ...plan, app: { ...plan.app, name: "Another" } }));
    expect((await carriedOut("of-another.json", ...given)).json.name).toBe("PlanEditedError");
  });

  test("is stopped where the source moved on", async () => {
    const file = await deployedToUat("ConnectedApp", "Source_Moved");
    await promoted(file, "--plan-out", "source.json");
    const app = sandbox.org.connectedApps.get("Source_Moved");
    if (app !== undefined) app.consumerSecret = "AnotherSecret123";
    const { status, promotion } = await carriedOut("source.json", ...given);
    expect(promotion && failedGate(promotion)).toMatchObject({ id: "sourceVerified" });
    expect(status).toBe(1);
    expect(production.org.connectedApps.has("Source_Moved")).toBe(false);
  });

  test("is refused where the spec moved on, but not for a comment", async () => {
    const file = await deployedToUat("ConnectedApp", "Spec_Moved");
    await promoted(file, "--plan-out", "spec.json");
    const path = join(home, file);
    const labelled = "      callbackUrl: https://example.com/production";
    const text = readFileSync(path, "utf8");
    writeFileSync(path, text.replace(labelled, "      callbackUrl: https://example.com/other"));
    const { status, json } = await carriedOut("spec.json", ...given);
    expect({ status, name: json.name }).toEqual({ status: 1, name: "SpecMovedOnError" });
    writeFileSync(path, `# A comment\n${text}`);
    expect((await carriedOut("spec.json", ...given)).status).toBe(0);
  });

  test("is refused when it is too old, signed by others, changed, or unsigned where keys are trusted", async () => {
    const file = await deployedToUat("ConnectedApp", "Plan_Trust");
    await sf(...keygen, "--private-key", "plan-key.pem", "--public-key", "plan-keys/a.pem");
    await sf(...keygen, "--private-key", "other-key.pem", "--public-key", "other-keys/b.pem");
    await promoted(file, "--plan-out", "signed.json", "--signing-key", "plan-key.pem");
    await promoted(file, "--plan-out", "unsigned.json");
    const plan = JSON.parse(readFileSync(join(home, "signed.json"), "utf8"));
    write("changed.json", JSON.stringify({ ...plan, by: "somebody else" }));
    const unsigned = JSON.parse(readFileSync(join(home, "unsigned.json"), "utf8"));
    write("old.json", JSON.stringify({ ...unsigned, at: new Date(Date.now() - 90_000_000).toISOString() }));
    const refusal = async (name: string, ...more: string[]) =>
      (await carriedOut(name, ...given, ...more)).json;
    const trusted = ["--trusted-keys", "plan-keys"];
    expect(await refusal("changed.json", ...trusted)).toMatchObject({ name: "PlanNotTrustedError" });
    expect(await refusal("signed.json", "--trusted-keys", "other-keys")).toMatchObject({
      message: expect.stringContaining("not among the trusted"),
    });
    expect(await refusal("signed.json")).toMatchObject({ name: "PlanNotTrustedError" });
    expect(await refusal("unsigned.json", ...trusted)).toMatchObject({
      message: expect.stringContaining("not signed"),
    });
    expect(await refusal("old.json")).toMatchObject({ name: "PlanOutdatedError" });
    expect(await refusal("old.json", "--plan-max-age", "often")).toMatchObject({
      name: "DurationInvalidError",
      exitCode: 2,
    });
    expect(production.org.connectedApps.has("Plan_Trust")).toBe(false);
    const { status, promotion } = await carriedOut("signed.json", ...given, ...trusted);
    expect(status).toBe(0);
    expect(promotion?.gates[0]?.detail).toMatch(/signed with the key [0-9a-f]{16}/);
    // An older plan is allowed on demand. The app is there by now, so there is nothing left to deploy.
    const late = await carriedOut("old.json", ...given, "--plan-max-age", "2d");
    expect(late).toMatchObject({ status: 0, promotion: { deploy: { plan: { action: "nothing" } } } });
  });

  test.each([
    { what: "no file", file: "nowhere.json", content: undefined, name: "NoPlanFileError" },
    { what: "no JSON", file: "text.json", content: "hello", name: "PlanUnreadableError" },
    { what: "something else", file: "else.json", content: "{}", name: "PlanUnreadableError" },
  ])("that is $what is a clear error", async ({ file, content, name }) => {
    if (content !== undefined) write(file, content);
    const { status, json } = await carriedOut(file);
    expect({ status, name: json.name }).toEqual({ status: 2, name });
    expect(json.message).toContain(file);
    expect(json.message).not.toContain("ENOENT");
  });
});

test("receipts chain: that of a deploy lets a promotion begin, unless it is another's, changed, or of another spec", async () => {
  await sf(...keygen, "--private-key", "chain-key.pem", "--public-key", "receipt-keys/chain.pem");
  try {
    const file = write("Chain.yaml", promotable("ConnectedApp", "Chain"));
    const deploy = ["cpq", "connectedapp", "deploy", "--spec", file, "-e", "uat"];
    const made = await sf(...deploy, "--receipt", "uat.json", "--signing-key", "chain-key.pem");
    expect(made.stdout).toContain("The receipt is in uat.json\n");
    expect((await sf("cpq", "connectedapp", "receipt", "check", "uat.json")).stdout).toMatch(
      /^uat\.json counts: ConnectedApp Chain/,
    );
    const content = JSON.parse(readFileSync(join(home, "uat.json"), "utf8"));
    write("changed.json", JSON.stringify({ ...content, by: "somebody else" }));
    await sf(...deploy, "--receipt", "unsigned.json");
    for (const [receipt, words] of [
      ["changed.json", /was changed/],
      ["unsigned.json", /not signed/],
    ] as const) {
      const { promotion } = await promoted(file, "--receipt-from", receipt, "--plan-out", "chained.json");
      expect(failedGate(promotion)).toMatchObject({ id: "receipt", detail: expect.stringMatching(words) });
      expect(await sf("cpq", "connectedapp", "receipt", "check", receipt)).toMatchObject({ status: 1 });
    }
    const { status, promotion } = await promoted(
      file,
      ...given,
      ...["--receipt-from", "uat.json", "--receipt", "production.json", "--signing-key", "chain-key.pem"],
    );
    expect(promotion.gates[0]).toMatchObject({ id: "receipt", outcome: "passed" });
    expect(status).toBe(0);
    expect((await sf("cpq", "connectedapp", "receipt", "check", "production.json")).status).toBe(0);
    writeFileSync(
      join(home, file),
      promotable("ConnectedApp", "Chain").replace("label: Chain", "label: Other"),
    );
    const other = await promoted(file, "--receipt-from", "uat.json", "--plan-out", "chained.json");
    expect(failedGate(other.promotion)).toMatchObject({
      id: "receipt",
      detail: expect.stringContaining("spec"),
    });
  } finally {
    rmSync(join(home, "receipt-keys"), { recursive: true });
  }
});

test.skipIf(process.platform === "win32")(
  "commands that the output proposes can be pasted, whatever their files are called",
  async () => {
    const file = "our app's spec.yaml";
    write(file, promotable("ConnectedApp", "Pasted"));
    const deploy = ["cpq", "connectedapp", "deploy", "--spec", file, "-e", "uat"];
    expect((await sf(...deploy)).status).toBe(0);
    const promote = ["cpq", "connectedapp", "promote", "--spec", file, "--from", "uat", "--to", "production"];
    const planned = await sf(...promote, "--plan-out", "that's the plan.json");
    const paste = (said: string, ...more: string[]) => sf(...proposedIn(said), ...more);
    expect((await paste(planned.stdout, ...given)).status).toBe(0);
    writeFileSync(join(home, file), `${promotable("ConnectedApp", "Pasted")}    label: Newer\n`);
    production.org.behaviour.opaqueTokens = true;
    const failed = await sf(...promote, ...given);
    production.org.behaviour.opaqueTokens = false;
    const looked = await paste(failed.stdout);
    expect(looked.status, looked.stderr).toBe(3);
    expect(looked.stdout).toContain("our app's spec.yaml");
    const repaired = await paste(looked.stdout);
    expect(repaired.status, repaired.stderr).toBe(0);
  },
);

/** The words of the last command that a text proposes, as a shell takes them. */
function proposedIn(text: string): string[] {
  const [command = ""] =
    text
      .match(/\bsf cpq .*$/gm)
      ?.filter((line) => !line.includes("--accept"))
      .slice(-1) ?? [];
  const words = execFileSync("sh", ["-c", `sf() { printf '%s\\0' "$@"; }; ${command}`], { encoding: "utf8" });
  return words.split("\0").slice(0, -1);
}

test("people see each gate as a line, and what cannot be restored before it is too late", async () => {
  const file = await deployedToUat("ConnectedApp", "For_People");
  const args = ["cpq", "connectedapp", "promote", "--spec", file, "--from", "uat", "--to", "production"];
  const { status, stdout } = await sf(...args, "--no-prompt");
  expect(status).toBe(1);
  expect(stdout).toMatch(/✓ Source in sync {5}\S/);
  expect(stdout).toMatch(/the new app is deleted again\. Its consumer key cannot be used again/);
  expect(stdout).toMatch(/✗ Confirmation .*--yes-production is not given/);
  expect(stdout).toContain("Stopped: nothing was deployed to production.");
});
