import { generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Receipt, Signature } from "../../../../src/results/receipt.ts";
import { makeKeyPair, signingKey, trustedKeys } from "../../../../src/runs/receipt/keys.ts";
import { ageProblem, checkReceipt, writeReceipt } from "../../../../src/runs/receipt/receipt.ts";
import { signatureState, withSignature } from "../../../../src/runs/receipt/signature.ts";
import { folderWith } from "../../../temporaryFolders.ts";

const { publicKey, privateKey } = generateKeyPairSync("ed25519");
const other = generateKeyPairSync("ed25519");
const receipt: Receipt = {
  schemaVersion: 1,
  type: "deploy",
  app: { kind: "ConnectedApp", name: "App" },
  spec: { file: "app.yaml", digest: "sha256:00" },
  metadata: { digest: "sha256:01" },
  to: { environment: "uat", orgId: "00D", instanceUrl: "https://example.com", username: "a@example.com" },
  by: "somebody",
  at: new Date().toISOString(),
  gates: [],
  checks: [{ id: "token", outcome: "passed", detail: "issued" }],
};
const signed = withSignature(receipt, privateKey);
const reversed = <Value>(value: Value): Value =>
  Array.isArray(value) || typeof value !== "object" || value === null
    ? value
    : (Object.fromEntries(
        Object.entries(value)
          .reverse()
          .map(([key, inner]) => [key, reversed(inner)]),
      ) as Value);

describe("a signature", () => {
  test.each<{ what: string; content: Receipt & { signature?: Signature }; keys: KeyObject[]; state: string }>(
    [
      { what: "holds", content: signed, keys: [publicKey], state: "valid" },
      {
        what: "holds among several keys",
        content: signed,
        keys: [other.publicKey, publicKey],
        state: "valid",
      },
      { what: "holds for re-ordered JSON", content: reversed(signed), keys: [publicKey], state: "valid" },
      { what: "breaks by a change", content: { ...signed, by: "me" }, keys: [publicKey], state: "broken" },
      {
        what: "breaks by a change deep inside",
        content: { ...signed, to: { ...signed.to, orgId: "00E" } },
        keys: [publicKey],
        state: "broken",
      },
      {
        what: "breaks by an addition",
        content: Object.assign({ more: 1 }, signed),
        keys: [publicKey],
        state: "broken",
      },
      {
        what: "of another key is not trusted",
        content: signed,
        keys: [other.publicKey],
        state: "unknownKey",
      },
      { what: "counts for nobody without keys", content: signed, keys: [], state: "unknownKey" },
      { what: "that is missing is no signature", content: receipt, keys: [publicKey], state: "unsigned" },
      {
        what: "of another key under the trusted one's name is broken",
        content: {
          ...withSignature(receipt, other.privateKey),
          signature: {
            ...withSignature(receipt, other.privateKey).signature,
            keyId: signed.signature?.keyId,
          } as typeof signed.signature,
        },
        keys: [publicKey],
        state: "broken",
      },
    ],
  )("$what", ({ content, keys, state }) => {
    expect(signatureState(content, keys).state).toBe(state);
  });
});

test.each([
  { what: "now", at: 0, problem: undefined },
  { what: "just within", at: -59, problem: undefined },
  {
    what: "too old",
    at: -61,
    problem: { isAhead: false, text: expect.stringMatching(/made at 2026-01-01T10:59.* within the last 1h/) },
  },
  { what: "by a clock that is a little ahead", at: 5, problem: undefined },
  {
    what: "in the future",
    at: 61,
    problem: { isAhead: true, text: expect.stringMatching(/T13:01.* still to come .*T12:00/) },
  },
])("made $what, where an hour is allowed", ({ at, problem }) => {
  const now = Date.parse("2026-01-01T12:00:00Z");
  expect(ageProblem(new Date(now + at * 60_000).toISOString(), 60, now)).toEqual(problem);
});

describe("keys and files", () => {
  let folder = "";
  const variables = { ...process.env };
  beforeEach(() => {
    folder = folderWith({});
  });
  afterEach(() => {
    for (const name of ["CPQ_RECEIPT_KEY", "CPQ_RECEIPT_TRUSTED_KEYS"]) {
      if (variables[name] === undefined) delete process.env[name];
      else process.env[name] = variables[name];
    }
  });

  test.each([
    { title: "the public file exists", publicName: "taken.pem", privateName: "new.pem" },
    { title: "the private file exists", publicName: "new.pem", privateName: "taken.pem" },
    { title: "the public file cannot be written", publicName: "taken.pem/b.pem", privateName: "new.pem" },
    { title: "both are one file", publicName: "new.pem", privateName: "new.pem" },
  ])("no half of a pair is made where $title", ({ publicName, privateName }) => {
    writeFileSync(join(folder, "taken.pem"), "former");
    expect(() => makeKeyPair(join(folder, publicName), join(folder, privateName))).toThrow(
      /exists already|cannot be written/,
    );
    expect(readdirSync(folder)).toEqual(["taken.pem"]);
    expect(readFileSync(join(folder, "taken.pem"), "utf8")).toBe("former");
  });

  test("a pair in files: only the owner reads the private key, nothing is overwritten, and a receipt counts", () => {
    const [publicFile, privateFile] = [join(folder, "keys/a.pem"), join(folder, "private.pem")];
    const pair = makeKeyPair(publicFile, privateFile);
    expect(pair).not.toHaveProperty("privateKey");
    if (process.platform !== "win32") expect(statSync(privateFile).mode & 0o777).toBe(0o600);
    expect(() => makeKeyPair(publicFile, privateFile)).toThrow(/exists already/);
    const file = join(folder, "receipt.json");
    writeReceipt(file, receipt, signingKey(privateFile));
    const trust = { keys: trustedKeys([join(folder, "keys")]), maxAgeMinutes: 60 };
    expect(checkReceipt(file, trust)).toMatchObject({
      valid: true,
      receipt: { signature: { keyId: pair.keyId } },
    });
    expect(checkReceipt(file, { ...trust, keys: [] })).toMatchObject({ valid: false });
  });

  test("a pair for a variable: the key is in one line, and in no file", () => {
    const pair = makeKeyPair(join(folder, "b.pem"), undefined);
    expect(pair.privateKey).toMatch(/^\S+$/);
    process.env.CPQ_RECEIPT_KEY = pair.privateKey;
    process.env.CPQ_RECEIPT_TRUSTED_KEYS = join(folder, "b.pem");
    const made = withSignature(receipt, signingKey(undefined));
    expect(signatureState(made, trustedKeys(undefined)).state).toBe("valid");
  });

  test("a receipt that is unsigned, or too old, does not count, and says why", () => {
    const file = join(folder, "receipt.json");
    writeReceipt(file, receipt, undefined);
    expect(checkReceipt(file, { keys: [publicKey], maxAgeMinutes: 60 }).reason).toBe("it is not signed");
    writeReceipt(file, { ...receipt, at: "2020-01-01T00:00:00.000Z" }, privateKey);
    expect(checkReceipt(file, { keys: [publicKey], maxAgeMinutes: 1440 }).reason).toMatch(/2020-.*last 24h/);
  });

  test.each([
    { what: "text", text: "secretword" },
    { what: "a key of another kind", text: rsaKey() },
  ])("$what is no private key, and is not quoted", ({ text }) => {
    const file = join(folder, "private.pem");
    writeFileSync(file, text);
    expect(() => signingKey(file)).toThrow(/private\.pem is not a private key.*Ed25519/);
    expect(() => signingKey(file)).not.toThrow(/secretword/);
  });

  test("a folder that is trusted but holds no key is an error: without keys, unsigned plans would count", () => {
    mkdirSync(join(folder, "keys"));
    writeFileSync(join(folder, "keys", "README.md"), "");
    expect(() => trustedKeys([join(folder, "keys")])).toThrow(/keys cannot be used as a public key/);
    process.env.CPQ_RECEIPT_TRUSTED_KEYS = join(folder, "keys");
    expect(() => trustedKeys(undefined)).toThrow(/keys cannot be used as a public key/);
  });

  test("a variable that is empty, as pipelines set it for what is not there, hides no keys", () => {
    makeKeyPair(join(folder, "receipt-keys/a.pem"), undefined);
    process.env.CPQ_RECEIPT_TRUSTED_KEYS = "";
    const before = process.cwd();
    process.chdir(folder);
    try {
      expect(trustedKeys(undefined)).toHaveLength(1);
    } finally {
      process.chdir(before);
    }
  });

  test("a folder's file that holds no public key is an error, not nothing", () => {
    mkdirSync(join(folder, "keys"));
    writeFileSync(join(folder, "keys", "c.pem"), "");
    expect(() => trustedKeys([join(folder, "keys")])).toThrow(/c\.pem cannot be used/);
    expect(() => trustedKeys([join(folder, "nowhere")])).toThrow(/nowhere cannot be used/);
  });
});

function rsaKey(): string {
  const pair = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return String(pair.privateKey.export({ type: "pkcs8", format: "pem" }));
}
