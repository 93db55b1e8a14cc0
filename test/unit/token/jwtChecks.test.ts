import { describe, expect, test } from "vitest";
import { messagesOf } from "../../../src/messages.ts";
import type { CheckId } from "../../../src/results/check.ts";
import { claimChecks, type Expectation, headerCheck } from "../../../src/token/jwtChecks.ts";

const messages = messagesOf("token");
const myDomainUrl = "https://example.my.salesforce.com";
const expected: Expectation = {
  myDomainUrl,
  consumerKey: "3MVG9ExampleKey",
  runAs: "cpq@example.com",
  runAsUserId: "005000000000001AAA",
  scopes: ["api"],
  timeoutMinutes: 30,
  timeoutIsSetupOnly: true,
  appLabel: "CPQ",
};
const payload = {
  iss: myDomainUrl,
  aud: [myDomainUrl],
  sub: "uid:005000000000001AAA",
  client_id: "3MVG9ExampleKey",
  scp: "api refresh_token",
  iat: 1_700_000_000,
  exp: 1_700_001_800,
};

test("right claims pass every check", () => {
  expect(claimChecks(payload, expected, messages).map(({ outcome }) => outcome)).toEqual(
    Array(5).fill("passed"),
  );
});

describe("a wrong claim fails its own check and no other", () => {
  test.each<[string, CheckId, Partial<Record<keyof typeof payload, unknown>>]>([
    ["another issuer", "issuer", { iss: "https://other.my.salesforce.com" }],
    ["another audience", "issuer", { aud: ["https://other.my.salesforce.com"] }],
    ["no audience", "issuer", { aud: undefined }],
    ["another client", "client", { client_id: "3MVG9OtherKey" }],
    ["another user", "subject", { sub: "uid:005000000000002AAA" }],
    ["no user", "subject", { sub: undefined }],
    ["a missing scope", "scopes", { scp: "refresh_token" }],
    ["a scope that only begins the same", "scopes", { scp: "apix" }],
    ["no lifetime", "lifetime", { exp: undefined }],
  ])("%s", (_what, id, change) => {
    const checks = claimChecks({ ...payload, ...change } as typeof payload, expected, messages);
    expect(
      checks.filter(({ outcome }) => outcome !== "passed").map((check) => [check.id, check.outcome]),
    ).toEqual([[id, "failed"]]);
  });
});

describe("another lifetime", () => {
  const other = { ...payload, exp: payload.iat + 900 };
  const lifetime = (change: Partial<Expectation>) =>
    claimChecks(other, { ...expected, ...change }, messages).find(({ id }) => id === "lifetime");

  test("is a warning that names the place in Setup, where no deploy can set it", () => {
    expect(lifetime({})).toMatchObject({
      outcome: "warning",
      actions: [expect.stringContaining("Setup → ")],
    });
  });
  test("is a failure where a deploy can set it", () =>
    expect(lifetime({ timeoutIsSetupOnly: false })?.outcome).toBe("failed"));
  test("is right where the spec does not say", () =>
    expect(lifetime({ timeoutMinutes: undefined })?.outcome).toBe("passed"));
});

test("the 15-character form of a user's Id is the same user", () => {
  const checks = claimChecks({ ...payload, sub: "uid:005000000000001" }, expected, messages);
  expect(checks.find(({ id }) => id === "subject")?.outcome).toBe("passed");
});

test("a scope whose OAuth name is not known is not looked for", () => {
  const checks = claimChecks(payload, { ...expected, scopes: ["api", "A2A"] }, messages);
  expect(checks.find(({ id }) => id === "scopes")?.outcome).toBe("passed");
});

test.each(["none", "HS256", "RS512"])("the algorithm %s is refused", (alg) => {
  expect(headerCheck({ alg }, messages).outcome).toBe("failed");
});
