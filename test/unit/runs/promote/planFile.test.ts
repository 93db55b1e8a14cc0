import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { ReviewedPlan } from "../../../../src/results/plan.ts";
import { notesOfPlan, readPlan } from "../../../../src/runs/promote/planFile.ts";
import { withSignature } from "../../../../src/runs/receipt/signature.ts";
import { folderWith } from "../../../temporaryFolders.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const plan: ReviewedPlan = {
  schemaVersion: 1,
  type: "plan",
  app: { kind: "ConnectedApp", name: "App" },
  spec: { file: "app.yaml", index: 0, digest: "sha256:00" },
  from: { id: "00D1", name: "uat", environment: "uat" },
  environment: "production",
  org: { id: "00D2", name: "production" },
  actual: "sha256:01",
  by: "somebody",
  at: new Date().toISOString(),
  options: { assignRunAs: false, enableCredentialAccess: false },
  plan: {
    action: "update",
    changes: [{ path: "label", expected: "New", actual: "Old" }],
    setupOnly: [],
    keptByOrg: [],
    scopesNotInToken: [],
  },
};
const signed = withSignature(plan, privateKey);
const json = JSON.stringify(signed);
const withPlace = (change: object) => JSON.stringify({ ...signed, ...change });

function read(text: string, maxAgeMinutes = 60) {
  const file = join(folderWith({}), "plan.json");
  writeFileSync(file, text);
  return readPlan(file, { keys: [publicKey], maxAgeMinutes });
}

describe("of a plan that was written, it is said", () => {
  const create = { ...plan, plan: { ...plan.plan, action: "create" as const } };
  const other = generateKeyPairSync("ed25519");
  const deploy = /^To deploy exactly this plan: sf cpq connectedapp deploy --plan 'my plan.json'$/;
  const unsigned = [/^It is not signed/, /^To sign plans: .*receipt keygen/];
  const access = [/^The org makes the key and secret of App\. .*--enable-credential-access/, /production$/];
  test.each<{ title: string; of: ReviewedPlan; keys?: KeyObject[]; fromOrg?: boolean; notes: RegExp[] }>([
    { title: "how to carry it out", of: signed, notes: [deploy] },
    {
      title: "that it is not signed",
      of: plan,
      keys: [],
      notes: [...unsigned, deploy],
    },
    {
      title: "that it is refused unsigned where there are trusted keys",
      of: plan,
      notes: [/cannot carry it out: it is not signed\.$/, /--signing-key KEYFILE/],
    },
    {
      title: "that it is refused with another key than the trusted ones",
      of: withSignature(plan, other.privateKey),
      notes: [/cannot carry it out: it is signed with the key \w+, which is not/, /--signing-key/],
    },
    {
      title: "that the org must let a key be read that it makes",
      of: withSignature(create, privateKey),
      fromOrg: true,
      notes: [...access, deploy],
    },
    {
      title: "nothing of that if it is made readable",
      of: withSignature(
        { ...create, options: { assignRunAs: false, enableCredentialAccess: true } },
        privateKey,
      ),
      fromOrg: true,
      notes: [deploy],
    },
    { title: "nothing of that of an app that is there", of: signed, fromOrg: true, notes: [deploy] },
  ])("$title", ({ of, keys = [publicKey], fromOrg = false, notes }) => {
    const found = notesOfPlan(of, { file: "my plan.json", keys, isReadFromOrg: fromOrg });
    expect(found).toEqual(notes.map((note) => expect.stringMatching(note)));
  });
});

test("a plan is read as it was signed", () => {
  expect(read(json)).toEqual(signed);
  expect(read(`\uFEFF${JSON.stringify(signed, null, 2)}\n`)).toEqual(signed);
});

describe("what is no plan is refused, with the file, the place in it and the reason", () => {
  test.each([
    { title: "an empty file", text: "", reason: /plan\.json is not .* It is empty/ },
    { title: "a text", text: "hello", reason: /JSON/ },
    { title: "half a plan", text: json.slice(0, 99), reason: /JSON/ },
    { title: "null", text: "null", reason: /read: Invalid input: expected object, received null/ },
    { title: "a list", text: "[]", reason: /read: Invalid input: expected object, received array/ },
    { title: "a list without end", text: "[".repeat(100_000), reason: /JSON/ },
    { title: "a receipt", text: withPlace({ type: "deploy" }), reason: /read: type: / },
    { title: "a newer plan", text: withPlace({ schemaVersion: 2 }), reason: /read: schemaVersion: .*1/ },
    { title: "10 MB", text: withPlace({ by: "x".repeat(10_000_000) }), reason: /larger than 1 MB/ },
    { title: "an unknown field", text: withPlace({ alsoDelete: "App" }), reason: /"alsoDelete"/ },
    {
      title: "an unknown field deep inside",
      text: withPlace({
        plan: { ...plan.plan, changes: [{ path: "label", expected: "New", note: "fine" }] },
      }),
      reason: /plan\.changes\.0: .*"note"/,
    },
    { title: "a field twice", text: json.replace("{", '{"by":"the boss",'), reason: /a field twice/ },
    {
      title: "a field that programs hide",
      text: json.replace("{", '{"__proto__":{"by":"the boss"},'),
      reason: /"__proto__"/,
    },
    {
      title: "no name of a spec",
      text: withPlace({ spec: { ...plan.spec, file: "" } }),
      reason: /read: spec\.file: It is empty/,
    },
    {
      title: "control characters in a name",
      text: withPlace({ spec: { ...plan.spec, file: "a\u0000.yaml" } }),
      reason: /read: spec\.file: .*control character/,
    },
    {
      title: "an impossible place in a spec",
      text: withPlace({ spec: { ...plan.spec, index: -1 } }),
      reason: /spec\.index: /,
    },
    { title: "no time", text: withPlace({ at: "" }), reason: /read: at: It is not a time/ },
    { title: "a word as time", text: withPlace({ at: "yesterday" }), reason: /read: at: It is not a time/ },
    { title: "a year as time", text: withPlace({ at: "5" }), reason: /read: at: It is not a time/ },
    {
      title: "a time that no calendar has",
      text: withPlace({ at: "2026-13-45T00:00:00Z" }),
      reason: /read: at: It is not a time/,
    },
  ])("$title", ({ text, reason }) => {
    expect(() => read(text)).toThrow(
      expect.objectContaining({
        name: "PlanUnreadableError",
        exitCode: 2,
        message: expect.stringMatching(reason),
      }),
    );
  });
});

describe("a plan counts for a time", () => {
  const made = (at: string) => () => read(JSON.stringify(withSignature({ ...plan, at }, privateKey)));

  test("one that is too old can be allowed", () => {
    expect(made("2001-01-01T00:00:00Z")).toThrow(
      expect.objectContaining({
        name: "PlanOutdatedError",
        actions: [expect.stringContaining("--plan-max-age")],
      }),
    );
  });

  test("one from a time to come needs right clocks, not another age", () => {
    expect(made("2999-01-01T00:00:00Z")).toThrow(
      expect.objectContaining({ name: "PlanAheadError", actions: [expect.stringMatching(/clock/)] }),
    );
  });
});
