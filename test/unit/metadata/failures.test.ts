import { expect, test } from "vitest";
import { namesTold, refusesOnlyLaterOnes } from "../../../src/metadata/failures.ts";
import { kinds } from "../../../src/metadata/kinds.ts";

const policies = "ExtlClntAppConfigurablePolicies";

test("the org's words on a second policy tell the name of the first", () => {
  const problem =
    "duplicate value found: ExternalClientApplicationId duplicates value on X_oauth_defaultPolicy";
  expect([...namesTold([{ type: policies, problem }])]).toEqual([[policies, "X_oauth_defaultPolicy"]]);
  expect(namesTold([{ type: policies, problem: "Invalid plugin settings" }]).size).toBe(0);
});

test("policies that are refused for a reason of their own are no matter of order", () => {
  const kind = kinds.ExternalClientApp;
  const refused = (type: string, problem: string) => refusesOnlyLaterOnes([{ type, problem }], kind);
  expect(refused(policies, "There are no OAuth settings yet.")).toBe(true);
  expect(refused("ExtlClntAppOauthSettings", "There are no OAuth settings yet.")).toBe(false);
  expect(refused(policies, "Invalid value for ipRelaxationPolicyType: Never")).toBe(false);
  expect(refused(policies, "Invalid plugin settings")).toBe(false);
  expect(refused(policies, "Enter a valid execution user for the OAuth client credentials flow.")).toBe(
    false,
  );
});
