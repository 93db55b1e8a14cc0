import { describe, expect, test } from "vitest";
import { type RefusalMeaning, refusalMeanings } from "../../../src/token/refusalMeanings.ts";
import { explainRefusal, mayPass, meaningOf, type RefusedApp } from "../../../src/token/refusals.ts";

const app: RefusedApp = {
  kind: "ConnectedApp",
  label: "CPQ Admin API",
  runAs: "cpq@example.com",
  org: "https://example.my.salesforce.com",
};

interface Documented {
  error: string;
  description: string;
  status?: number;
  meaning: RefusalMeaning;
  /** Asking again may help. */
  passes?: true;
  /** It says nothing of the app. */
  unverified?: true;
  /** What a next step names. */
  names: string;
}

const documented: Documented[] = [
  {
    error: "invalid_grant",
    description: "ip restricted or invalid login hours",
    meaning: "ipRestricted",
    names: "Setup → Users → cpq@example.com → Profile",
  },
  {
    error: "invalid_grant",
    description: "no valid scopes",
    meaning: "noValidScopes",
    names: "Setup → App Manager → CPQ Admin API → Edit",
  },
  {
    error: "invalid_grant",
    description: "user hasn't approved this consumer",
    meaning: "notApprovedByUser",
    names: "policy.permittedUsers: adminApproved",
  },
  {
    error: "invalid_client",
    description: "app must be installed into org",
    meaning: "appNotInstalled",
    names: "Approve Uninstalled Connected Apps",
  },
  {
    error: "app_not_found",
    description: "External client app is not installed in this org",
    meaning: "appNotFound",
    names: "https://example.my.salesforce.com",
  },
  {
    error: "OAUTH_AUTHORIZATION_BLOCKED",
    description: "Cross-org OAuth flows are not supported for this external client app",
    meaning: "otherOrg",
    names: "https://example.my.salesforce.com",
  },
  {
    error: "invalid_grant",
    description: "Cross-org OAuth flows are not supported for this external client app",
    meaning: "otherOrg",
    names: "CPQ Admin API",
  },
  {
    error: "invalid_app_access",
    description: "user is not admin approved to access this app",
    meaning: "notApproved",
    names: "--assign-run-as",
  },
  {
    error: "OAUTH_APP_ACCESS_DENIED",
    description: "user is not admin approved to access this app",
    meaning: "notApproved",
    names: "cpq@example.com",
  },
  { error: "invalid_app_access", description: "", meaning: "notApproved", names: "policy.permissionSets" },
  {
    error: "invalid_grant",
    description: "user is frozen",
    meaning: "userFrozen",
    names: "Setup → Users → cpq@example.com → Unfreeze",
  },
  {
    error: "inactive_user",
    description: "user is inactive",
    meaning: "inactiveUser",
    names: "Setup → Users → cpq@example.com",
  },
  {
    error: "inactive_org",
    description: "organization is locked, closed or suspended",
    meaning: "inactiveOrg",
    names: "Salesforce Customer Support",
  },
  {
    error: "rate_limit_exceeded",
    description: "login rate exceeded",
    meaning: "rateLimit",
    passes: true,
    unverified: true,
    names: "cpq@example.com → Login History",
  },
  {
    error: "invalid_client_id",
    description: "client identifier invalid",
    meaning: "unknownKey",
    passes: true,
    names: "https://example.my.salesforce.com",
  },
  {
    error: "invalid_client",
    description: "invalid client credentials",
    meaning: "wrongSecret",
    passes: true,
    names: "Manage Consumer Details",
  },
  {
    error: "invalid_grant",
    description: "no client credentials user enabled",
    meaning: "noRunAsUser",
    names: "Setup → App Manager → CPQ Admin API → Manage → Edit Policies",
  },
  {
    error: "invalid_grant",
    description: "request not supported on this domain",
    meaning: "wrongDomain",
    names: "My Domain URL",
  },
  {
    error: "invalid_grant",
    description: "client credentials flow not enabled",
    meaning: "flowDisabled",
    names: "Setup → OAuth and OpenID Connect Settings",
  },
  {
    error: "invalid_grant",
    description: "Client Credentials Flow is disabled for this app",
    meaning: "flowDisabled",
    names: "CPQ Admin API",
  },
  {
    error: "unsupported_grant_type",
    description: "grant type not supported",
    meaning: "flowDisabled",
    names: "Enable Client Credentials Flow",
  },
  { error: "unauthorized_client", description: "", meaning: "flowDisabled", names: "CPQ Admin API" },
  {
    error: "unknown_error",
    description: "retry your request",
    meaning: "orgInTrouble",
    passes: true,
    unverified: true,
    names: "status.salesforce.com",
  },
  {
    error: "",
    description: "<html>Maintenance",
    status: 503,
    meaning: "orgInTrouble",
    passes: true,
    unverified: true,
    names: "status.salesforce.com",
  },
  ...[429, 500].map(
    (status): Documented => ({
      error: "",
      description: "",
      status,
      meaning: "orgInTrouble",
      passes: true,
      unverified: true,
      names: "status.salesforce.com",
    }),
  ),
  {
    error: "",
    description: "<html>Log in",
    status: 200,
    meaning: "noOAuthAnswer",
    unverified: true,
    names: "a proxy or a login page",
  },
  {
    error: "invalid_grant",
    description: "authentication failure",
    meaning: "otherRefusal",
    names: "Setup → Users → cpq@example.com → Login History",
  },
  { error: "something_new", description: "", meaning: "otherRefusal", names: "CPQ Admin API" },
];

describe("a refusal", () => {
  test.each(documented)('$error "$description" means $meaning', (row) => {
    const { error, description, status = 400, meaning, passes = false, unverified = false, names } = row;
    const refusal = { error, description, status };
    expect(meaningOf(refusal)).toBe(meaning);
    expect(mayPass(refusal)).toBe(passes);
    const explained = explainRefusal(refusal, app);
    expect(explained.outcome).toBe(unverified ? "unverified" : "failed");
    expect(explained.actions.join(" ")).toContain(names);
    // The org's own words are always shown, whatever we make of them.
    expect(explained.detail).toContain(`HTTP ${status}`);
    for (const words of [error, description]) expect(explained.detail).toContain(words);
    for (const text of [explained.detail, ...explained.actions]) expect(text).not.toMatch(/%s|undefined/);
  });

  test("has a case here for each meaning", () => {
    const covered = new Set(documented.map(({ meaning }) => meaning));
    expect(covered).toEqual(new Set(Object.keys(refusalMeanings)));
  });

  test("of which nothing but the words is known is explained too", () => {
    const { meaning, detail } = explainRefusal({ error: "inactive_user", description: "" }, app);
    expect({ meaning, detail }).toEqual({
      meaning: "inactiveUser",
      detail: "The Run As user is inactive. The org's answer: inactive_user",
    });
    expect(meaningOf({ error: "", description: "never heard of" })).toBe("otherRefusal");
  });

  test("is shown in one line", () =>
    expect(explainRefusal({ error: "x", description: " two\n  lines \n" }, app).detail).toMatch(
      /answer: x: two lines$/,
    ));

  test("of an external client app leads to its own places in Setup", () => {
    const refusal = { error: "invalid_grant", description: "no client credentials user enabled" };
    const { actions } = explainRefusal(refusal, { ...app, kind: "ExternalClientApp" });
    expect(actions[0]).toContain("Setup → External Client App Manager → CPQ Admin API → Policies");
  });

  test("of an app without a Run As user speaks of the Run As user", () => {
    const { actions } = explainRefusal(
      { error: "inactive_user", description: "" },
      { ...app, runAs: undefined },
    );
    expect(actions[0]).toContain("Setup → Users → the Run As user");
  });
});
