import { describe, expect, test } from "vitest";
import {
  meaningOfFailure,
  namesTold,
  refusesOnlyLaterOnes,
  refusesOwnKey,
  refusesTaken,
} from "../../../src/metadata/failures.ts";
import { kinds } from "../../../src/metadata/kinds.ts";

const problems = [
  {
    problem: "Enter a valid execution user for the OAuth client credentials flow.",
    id: "runAs",
    path: "oauth.clientCredentials.runAs",
  },
  { problem: "The consumer key is already taken.", id: "keyTaken", path: "consumer" },
  { problem: "The Consumer Secret is already taken", id: "keyTaken", path: "consumer" },
  { problem: "You cannot provide a consumer key for an existing app.", id: "key", path: "consumer" },
  { problem: "Invalid consumerKey", id: "key", path: "consumer" },
  {
    problem:
      "You can't create a connected app. To enable connected app creation, contact Salesforce Customer Support.",
    id: "creationBlocked",
    path: "kind",
  },
  { problem: "You can’t create a connected app.", id: "creationBlocked", path: "kind" },
  {
    problem: "In field: permissionSetName - no PermissionSet named X found",
    id: "permissionSet",
    path: "policy.permissionSets",
  },
  { problem: "In field: profileName - no Profile named X found", id: "profile", path: "policy.profiles" },
  { problem: "Invalid callbackUrl: it has to use HTTPS", id: "other", path: "oauth.callbackUrl" },
  { problem: "The CONTACTEMAIL is no address", id: "other", path: "contactEmail" },
  { problem: "Something went wrong", id: "other", path: "name" },
];

describe.each(Object.values(kinds))("of a component of $components.0.type, the org's words", (kind) => {
  test.each(problems)("$problem mean $id at $path", ({ problem, id, path }) =>
    expect(meaningOfFailure(problem, kind)).toEqual({ id, path }),
  );
});

test.each([
  { problem: "Invalid callbackUrl: Sliding is not known", path: "policy.refreshToken" },
  { problem: "Invalid callbackUrl", path: "oauth.callbackUrl" },
])("an unchecked word of the spec comes before an element: $problem", ({ problem, path }) =>
  expect(meaningOfFailure(problem, kinds.ConnectedApp, { "policy.refreshToken": "Sliding" })).toEqual({
    id: "other",
    path,
  }),
);

describe("a deploy in two phases", () => {
  const later = { type: "ExtlClntAppOauthConfigurablePolicies", problem: "Not found" };
  const cases = [
    { title: "is tried where only later components are refused", failures: [later], isTried: true },
    { title: "is not where nothing is refused", failures: [], isTried: false },
    {
      title: "is not where another component is refused too",
      failures: [later, { type: "ExternalClientApplication", problem: "Not found" }],
      isTried: false,
    },
    ...[
      "Enter a valid execution user for the OAuth client credentials flow.",
      "Invalid value for ipRelaxationPolicyType: Never",
      "Invalid plugin settings",
    ].map((problem) => ({
      title: `is not where the reason is another one: ${problem}`,
      failures: [{ ...later, problem }],
      isTried: false,
    })),
  ];
  test.each(cases)("$title", ({ failures, isTried }) =>
    expect(refusesOnlyLaterOnes(failures, kinds.ExternalClientApp)).toBe(isTried),
  );
  test("is never tried with a connected app, which is one component", () =>
    expect(refusesOnlyLaterOnes([{ type: "ConnectedApp", problem: "Not found" }], kinds.ConnectedApp)).toBe(
      false,
    ));
});

test.each([
  { problem: "You cannot provide a consumer key for an existing app.", ownKey: true, taken: false },
  { problem: "The consumer key is already taken.", ownKey: false, taken: true },
  { problem: "The consumer secret is already taken.", ownKey: false, taken: true },
  { problem: "Something went wrong", ownKey: false, taken: false },
])("$problem", ({ problem, ownKey, taken }) =>
  expect({ ownKey: refusesOwnKey(problem), taken: refusesTaken(problem) }).toEqual({ ownKey, taken }),
);

test.each([
  {
    problem: "duplicate value found: ExternalClientApplicationId duplicates value on X_oauth_defaultPolicy",
    names: [["ExtlClntAppConfigurablePolicies", "X_oauth_defaultPolicy"]],
  },
  { problem: "Invalid plugin settings", names: [] },
])("$problem: the name of the part that there is", ({ problem, names }) =>
  expect([...namesTold([{ type: "ExtlClntAppConfigurablePolicies", problem }])]).toEqual(names),
);
