import {
  CompactSign,
  createLocalJWKSet,
  exportJWK,
  type GenerateKeyPairResult,
  generateKeyPair,
  type JWK,
  UnsecuredJWT,
} from "jose";
import { beforeAll, describe, expect, test } from "vitest";
import { signatureCheck } from "../../../src/token/signature.ts";

const org = "https://example.my.salesforce.com";
const payload = new TextEncoder().encode('{"sub":"uid:005000000000001AAA"}');
let [first, second, stranger]: GenerateKeyPairResult[] = [];

beforeAll(async () => {
  [first, second, stranger] = await Promise.all([1, 2, 3].map(() => generateKeyPair("RS256")));
});

const sign = (pair: GenerateKeyPairResult | undefined, header: { kid?: string }) =>
  new CompactSign(payload)
    .setProtectedHeader({ alg: "RS256", ...header })
    .sign(pair?.privateKey as GenerateKeyPairResult["privateKey"]);

/** The keys that the org publishes: the first and the second. */
async function published() {
  const keyOf = async (pair: GenerateKeyPairResult | undefined, kid: string): Promise<JWK> => ({
    ...(await exportJWK(pair?.publicKey as GenerateKeyPairResult["publicKey"])),
    kid,
    alg: "RS256",
  });
  return createLocalJWKSet({ keys: [await keyOf(first, "first"), await keyOf(second, "second")] });
}

describe("the signature of a token", () => {
  test.each<{ what: string; token(): Promise<string>; outcome: string; detail: string }>([
    {
      what: "by a key of the org",
      token: () => sign(second, { kid: "second" }),
      outcome: "passed",
      detail: "made with the key second, which the org publishes",
    },
    {
      what: "by any key of the org, if the token names none",
      token: () => sign(second, {}),
      outcome: "passed",
      detail: "made with the key undefined, which the org publishes",
    },
    {
      what: "by a stranger in the name of the org's key",
      token: () => sign(stranger, { kid: "first" }),
      outcome: "failed",
      detail: `The signature does not match the key that ${org} publishes.`,
    },
    {
      what: "by another key of the org than the token names",
      token: () => sign(second, { kid: "first" }),
      outcome: "failed",
      detail: `The signature does not match the key that ${org} publishes.`,
    },
    {
      what: "by a stranger, if the token names no key",
      token: () => sign(stranger, {}),
      outcome: "failed",
      detail: `The signature does not match the key that ${org} publishes.`,
    },
    {
      what: "that is cut off",
      token: async () => (await sign(first, { kid: "first" })).replace(/\.[^.]*$/, "."),
      outcome: "failed",
      detail: `The signature does not match the key that ${org} publishes.`,
    },
    {
      what: "that is not there",
      token: async () => new UnsecuredJWT({}).encode(),
      outcome: "failed",
      detail:
        "A signature by none proves nothing here: only RS256 signatures are made with a private key that the org alone has.",
    },
    {
      what: "by what everybody knows",
      token: () => new CompactSign(payload).setProtectedHeader({ alg: "HS256" }).sign(new Uint8Array(32)),
      outcome: "failed",
      detail:
        "A signature by HS256 proves nothing here: only RS256 signatures are made with a private key that the org alone has.",
    },
  ])("$what: $outcome", async ({ token, outcome, detail }) => {
    const nowhere = { usual: Promise.resolve(undefined), published };
    const check = await signatureCheck(await token(), org, nowhere);
    expect(await signatureCheck(await token(), org, { ...nowhere, usual: published() })).toEqual(check);
    expect(check).toMatchObject({ id: "signature", outcome, detail });
    expect(check.actions).toEqual(
      outcome === "passed" ? [] : [expect.stringContaining("Use the token nowhere.")],
    );
  });

  test("cannot be checked by keys that are of no use", async () => {
    const check = await signatureCheck(await sign(first, { kid: "first" }), org, {
      usual: Promise.resolve(undefined),
      published: () => Promise.reject(new TypeError("not a key")),
    });
    expect(check).toEqual({
      id: "signature",
      outcome: "unverified",
      detail: "The signature could not be checked. not a key",
      actions: [],
    });
  });
});
