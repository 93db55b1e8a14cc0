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

test("right claims are shown", () => {
  expect(checksOf({}).map(({ id, detail }) => [id, detail])).toEqual([
    ["issuer", `this org, ${myDomainUrl}`],
    ["client", "this app, with the consumer key 3MVG9Exa…"],
    ["subject", "cpq@example.com (005000000000001AAA)"],
    ["scopes", "api id"],
    ["lifetime", "30 minutes"],
    ["validity", "by the org's clock"],
  ]);
  expect(checksOf({}).flatMap(({ actions }) => actions)).toEqual([]);
});

describe("what is wrong is shown beside what was wanted:", () => {
  const place = "Setup → App Manager → CPQ → Manage → Edit Policies";
  test.each<{
    id: CheckId;
    change: Claims;
    expectation?: Partial<Expectation>;
    detail: string;
    action: string;
  }>([
    {
      id: "issuer",
      change: {
        iss: "https://other.my.salesforce.com",
        aud: ["https://a.example.com", "https://b.example.com"],
      },
      detail: `The token was issued by https://other.my.salesforce.com for https://a.example.com, https://b.example.com, not by and for ${myDomainUrl}.`,
      action: "Use the org's My Domain URL",
    },
    {
      id: "issuer",
      change: { aud: undefined },
      detail: `The token was issued by ${myDomainUrl} for , not by and for ${myDomainUrl}.`,
      action: "Use the org's My Domain URL",
    },
    {
      id: "client",
      change: { client_id: "3MVG9OtherKey" },
      detail: "The token is for the consumer key 3MVG9Oth…, not for this app's key 3MVG9Exa….",
      action: "credentials show",
    },
    {
      id: "client",
      change: { client_id: "short" },
      detail: "The token is for the consumer key short, not for this app's key 3MVG9Exa….",
      action: "credentials show",
    },
    {
      id: "client",
      change: { client_id: "3MVG9-twelve" },
      detail: "The token is for the consumer key 3MVG9-twelve, not for this app's key 3MVG9Exa….",
      action: "credentials show",
    },
    {
      id: "subject",
      change: { sub: "uid:005000000000002AAA" },
      detail: "The token acts for the user 005000000000002AAA, not for cpq@example.com (005000000000001AAA).",
      action: place,
    },
    {
      id: "subject",
      change: { sub: "x:uid:005000000000001AAA" },
      detail:
        "The token acts for the user x:uid:005000000000001AAA, not for cpq@example.com (005000000000001AAA).",
      action: place,
    },
    {
      id: "scopes",
      change: { scp: "id wave_api web openid" },
      expectation: { scopes: ["id", "api", "chatter_api"] },
      detail:
        "The token lacks api chatter_api; it has id wave_api web openid. The token also has wave_api openid, which the spec does not mention.",
      action: "oauth.scopes",
    },
    {
      id: "scopes",
      change: { scp: undefined },
      detail: "The token lacks api id; it has .",
      action: "oauth.scopes",
    },
    {
      id: "lifetime",
      change: { exp: payload.iat + 900 },
      detail: "The token is valid for 15 minutes; the spec wants 30 minutes.",
      action:
        "→ CPQ → Edit Policies → JWT-Based Access Token Settings for Named Users → Timeout: 30 minutes.",
    },
    {
      id: "lifetime",
      change: { exp: payload.iat + 60 },
      expectation: { timeoutMinutes: 1.5, timeoutIsSetupOnly: false },
      detail: "The token is valid for 1 minute; the spec wants 90 seconds.",
      action: "oauth.accessToken.timeout",
    },
    {
      id: "lifetime",
      change: { iat: "yesterday" },
      detail: "The token does not say when it was issued and when it expires.",
      action: "Use the token nowhere.",
    },
    {
      id: "validity",
      change: { iat: payload.iat - 2100, nbf: payload.iat - 2100, exp: payload.iat - 300 },
      detail: "The token had expired 5 minutes before the org returned it, by the org's own clock.",
      action: "Run the command again",
    },
    {
      id: "validity",
      change: { nbf: payload.iat + 31 },
      detail: "The token becomes valid only 31 seconds after the org returned it, by the org's own clock.",
      action: "Run the command again",
    },
    {
      id: "validity",
      change: { iat: payload.iat + 60, exp: payload.iat + 1860 },
      detail: "The token says that it was issued 1 minute after the org returned it, by the org's own clock.",
      action: "Run the command again",
    },
  ])("$id, $detail", ({ id, change, expectation, detail, action }) => {
    const check = checkOf(id, change, expectation);
    expect(check?.detail).toBe(detail);
    expect(check?.actions.join(" ")).toContain(action);
  });
});

describe("the clocks of the org's own servers may differ by 30 seconds:", () => {
  const { iat, nbf, exp } = payload;
  test.each<{ what: string; change: Claims }>([
    { what: "an end", change: { exp: iat - 30, iat: iat - 1830, nbf: iat - 1830 } },
    { what: "a beginning", change: { nbf: nbf + 30 } },
    { what: "an issue", change: { iat: iat + 30, exp: exp + 30 } },
  ])("$what may be that far off", ({ change }) =>
    expect(checkOf("validity", change)?.outcome).toBe("passed"),
  );
});

test("one string as audience is as good as a list", () =>
  expect(checkOf("issuer", { aud: myDomainUrl })?.outcome).toBe("passed"));

describe("a Run As user whose Id nobody told", () => {
  const unknown = { runAsUserId: undefined };
  test.each<{ what: string; expectation: Partial<Expectation>; outcome: string; detail: string }>([
    {
      what: "is compared by the username that the org says, in any case",
      expectation: { ...unknown, tokenUsername: "CPQ@Example.com" },
      outcome: "passed",
      detail: "CPQ@Example.com (005000000000001AAA)",
    },
    {
      what: "is not another user",
      expectation: { ...unknown, tokenUsername: "other@example.com" },
      outcome: "failed",
      detail: "The token acts for the user other@example.com (005000000000001AAA), not for cpq@example.com.",
    },
    {
      what: "cannot be compared if the org did not say a username",
      expectation: unknown,
      outcome: "unverified",
      detail:
        "The token acts for the user 005000000000001AAA. The org did not say whether that is cpq@example.com.",
    },
    {
      what: "is not compared if the spec names none",
      expectation: { ...unknown, runAs: undefined, tokenUsername: "cpq@example.com" },
      outcome: "skipped",
      detail:
        "The token acts for the user 005000000000001AAA; the spec names no Run As user to compare with.",
    },
  ])("$what", ({ expectation, outcome, detail }) =>
    expect(checkOf("subject", {}, expectation)).toMatchObject({ outcome, detail }),
  );

  test("leads to the place in Setup if it is another", () =>
    expect(checkOf("subject", {}, { ...unknown, tokenUsername: "other@example.com" })?.actions).toEqual([
      "Set Run As in Setup → App Manager → CPQ → Manage → Edit Policies, or deploy the spec again.",
    ]));

  test("counts by its Id if both are known", () =>
    expect(checkOf("subject", {}, { tokenUsername: "renamed@example.com" })?.outcome).toBe("passed"));
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
        what: "that are not looked for are all named",
        spec: ["api", "A2A", "CmdbDiscovery"],
        scp: "api",
        outcome: "passed",
        words:
          "api; not checked: A2A, CmdbDiscovery, since no public document says what a token calls these scopes",
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

test("scopes are shown as they are if nothing says which are wanted", () =>
  expect(checkOf("scopes", { scp: "api  profile email" }, { scopes: undefined })).toMatchObject({
    outcome: "passed",
    detail: "api id",
  }));

describe("a clock of this machine that is wrong", () => {
  test.each<{ ahead: number; outcome: string; words: string }>([
    { ahead: 300, outcome: "warning", words: "5 minutes ahead" },
    { ahead: -90, outcome: "warning", words: "90 seconds behind" },
    { ahead: 60, outcome: "warning", words: "1 minute ahead" },
    { ahead: 59, outcome: "passed", words: "by the org's clock" },
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

test("a token that is valid by this machine's clock alone shows what both clocks say", () => {
  const { iat } = payload;
  const claims = { iat: iat + 7200, nbf: iat + 7200, exp: iat + 9000 };
  expect(checkOf("validity", claims, {}, { ...clock, ahead: 7200 })?.detail).toBe(
    "Not sure, as by this machine's clock the token is valid. The token becomes valid only 120 minutes after the org returned it, by the org's own clock. The two clocks differ by 120 minutes.",
  );
});

test("the algorithm RS256 is that of a JWT-based access token", () =>
  expect(headerCheck({ alg: "RS256" })).toEqual({
    id: "jwt",
    outcome: "passed",
    detail: "signed with RS256",
    actions: [],
  }));

test.each(["none", "HS256", "RS512", undefined])("the algorithm %s is refused", (alg) => {
  const check = headerCheck({ alg } as { alg: string });
  expect(check).toMatchObject({
    id: "jwt",
    outcome: "failed",
    detail: `The algorithm is ${alg}; JWT-based access tokens use RS256 only.`,
    actions: [expect.stringContaining("Use the token nowhere.")],
  });
});
