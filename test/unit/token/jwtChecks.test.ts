import type { JWTPayload } from "jose";
import { describe, expect, test } from "vitest";
import type { CheckId } from "../../../src/results/check.ts";
import type { Expectation } from "../../../src/token/expectation.ts";
import { claimChecks, headerCheck } from "../../../src/token/jwtChecks.ts";

const myDomainUrl = "https://example.my.salesforce.com";
const expected: Expectation = {
  myDomainUrl,
  kind: "ConnectedApp",
  appLabel: "CPQ",
  consumerKey: "3MVG9ExampleKey",
  runAs: "cpq@example.com",
  runAsUserId: "005000000000001AAA",
  scopes: ["api", "id"],
  customScopes: [],
  timeoutMinutes: 30,
  timeoutIsSetupOnly: true,
};
const payload = {
  iss: myDomainUrl,
  aud: [myDomainUrl],
  sub: "uid:005000000000001AAA",
  client_id: "3MVG9ExampleKey",
  scp: "api id",
  iat: 1_700_000_000,
  nbf: 1_700_000_000,
  exp: 1_700_001_800,
};
const clock = { now: payload.iat, ahead: 0 };
type Claims = Partial<Record<keyof typeof payload, unknown>>;
const checksOf = (change: Claims, expectation: Partial<Expectation> = {}, at = clock) =>
  claimChecks({ ...payload, ...change } as JWTPayload, { ...expected, ...expectation }, at);
const checkOf = (id: CheckId, ...args: Parameters<typeof checksOf>) =>
  checksOf(...args).find((check) => check.id === id);

test("right claims pass every check", () => {
  expect(checksOf({}).map(({ id, outcome }) => [id, outcome])).toEqual(
    ["issuer", "client", "subject", "scopes", "lifetime", "validity"].map((id) => [id, "passed"]),
  );
});

describe("a wrong claim fails its own check and no other", () => {
  const { iat } = payload;
  const at = (start: number) => ({ iat: start, nbf: start, exp: start + 1800 });
  test.each<{ what: string; id: CheckId; change: Claims }>([
    { what: "another issuer", id: "issuer", change: { iss: "https://other.my.salesforce.com" } },
    { what: "another audience", id: "issuer", change: { aud: ["https://other.my.salesforce.com"] } },
    { what: "no audience", id: "issuer", change: { aud: undefined } },
    { what: "another client", id: "client", change: { client_id: "3MVG9OtherKey" } },
    { what: "another user", id: "subject", change: { sub: "uid:005000000000002AAA" } },
    { what: "no user", id: "subject", change: { sub: undefined } },
    { what: "a missing scope", id: "scopes", change: { scp: "id" } },
    { what: "a scope that only begins the same", id: "scopes", change: { scp: "apix id" } },
    { what: "a scope more than the spec has", id: "scopes", change: { scp: "api id wave_api" } },
    { what: "no scopes", id: "scopes", change: { scp: undefined } },
    { what: "no end", id: "lifetime", change: { exp: undefined } },
    { what: "times that are none", id: "lifetime", change: { exp: "soon" } },
    { what: "an end 5 minutes ago", id: "validity", change: at(iat - 2100) },
    { what: "a beginning to come", id: "validity", change: { nbf: iat + 300 } },
    { what: "an issue to come", id: "validity", change: { ...at(iat + 300), nbf: iat } },
  ])("$what", ({ id, change }) => {
    const wrong = checksOf(change).filter(({ outcome }) => outcome !== "passed");
    expect(wrong.map((check) => [check.id, check.outcome])).toEqual([[id, "failed"]]);
  });
});

describe("another lifetime", () => {
  const other = { exp: payload.iat + 900 };

  test("is a warning that names the place in Setup if no deploy can set it", () => {
    expect(checkOf("lifetime", other)).toMatchObject({
      outcome: "warning",
      actions: [expect.stringContaining("Setup → ")],
    });
  });
  test("is a failure if a deploy can set it", () =>
    expect(checkOf("lifetime", other, { timeoutIsSetupOnly: false })?.outcome).toBe("failed"));
  test("is right if the spec does not say", () =>
    expect(checkOf("lifetime", other, { timeoutMinutes: undefined })?.outcome).toBe("passed"));
});

test("the 15-character form of a user's Id is the same user", () =>
  expect(checkOf("subject", { sub: "uid:005000000000001" })?.outcome).toBe("passed"));

describe("scopes", () => {
  test.each<{ what: string; spec: string[]; custom?: string[]; scp: string; outcome: string; words: string }>(
    [
      {
        what: "that this flow leaves out are not missed",
        spec: ["api", "refresh_token", "web"],
        scp: "api",
        outcome: "passed",
        words: "api",
      },
      {
        what: "that this flow leaves out are not minded",
        spec: ["api"],
        scp: "api refresh_token",
        outcome: "passed",
        words: "api",
      },
      {
        what: "by another of their names are the same",
        spec: ["api", "id"],
        scp: "api profile email address phone",
        outcome: "passed",
        words: "id",
      },
      {
        what: "of an app with full access may be any",
        spec: ["full", "api"],
        scp: "api chatter_api",
        outcome: "passed",
        words: "chatter_api",
      },
      {
        what: "whose OAuth name is in no public document are not looked for, which is said",
        spec: ["api", "A2A"],
        scp: "api a2a_something",
        outcome: "passed",
        words: "not checked: A2A",
      },
      {
        what: "that are known are minded beside one that is not looked for",
        spec: ["api", "A2A"],
        scp: "api wave_api",
        outcome: "failed",
        words: "wave_api",
      },
      {
        what: "that nobody knows are minded",
        spec: ["api"],
        scp: "api brandnew",
        outcome: "failed",
        words: "brandnew",
      },
      {
        what: "of our own are expected",
        spec: ["api"],
        custom: ["cpq"],
        scp: "api cpq",
        outcome: "passed",
        words: "cpq",
      },
      {
        what: "of our own are missed",
        spec: ["api"],
        custom: ["cpq"],
        scp: "api",
        outcome: "failed",
        words: "lacks cpq",
      },
    ],
  )("$what", ({ spec, custom = [], scp, outcome, words }) => {
    const check = checkOf("scopes", { scp }, { scopes: spec, customScopes: custom });
    expect(check).toMatchObject({ outcome, detail: expect.stringContaining(words) });
  });
});

describe("a clock of this machine that is wrong", () => {
  test.each<{ ahead: number; outcome: string; words: string }>([
    { ahead: 300, outcome: "warning", words: "5 minutes ahead" },
    { ahead: -90, outcome: "warning", words: "90 seconds behind" },
    { ahead: 5, outcome: "passed", words: "by the org's clock" },
  ])("by $ahead seconds: $outcome", ({ ahead, outcome, words }) => {
    const check = checkOf("validity", {}, {}, { ...clock, ahead });
    expect(check).toMatchObject({ outcome, detail: expect.stringContaining(words) });
  });
});

test.each([
  { what: "valid by this machine's clock, which is far from the org's", ahead: 7200, outcome: "unverified" },
  { what: "invalid by both clocks", ahead: 300, outcome: "failed" },
  { what: "invalid by the only clock that there is", ahead: 0, outcome: "failed" },
])("a token that is $what: $outcome", ({ ahead, outcome }) => {
  const { iat } = payload;
  const claims = { iat: iat + 7200, nbf: iat + 7200, exp: iat + 9000 };
  expect(checkOf("validity", claims, {}, { ...clock, ahead })?.outcome).toBe(outcome);
});

test.each(["none", "HS256", "RS512"])("the algorithm %s is refused", (alg) => {
  expect(headerCheck({ alg }).outcome).toBe("failed");
});
