import { afterEach, describe, expect, test } from "vitest";
import type { DriftReport } from "../../src/results/drift.ts";
import { allowCredentialAccess, type KindName, kindNames, requireApprovedApps } from "./appsInOrg.ts";
import { deployArgs, deployToSandbox } from "./deployReports.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";
import { remember, userOf } from "./tampering.ts";

const orgs = await startTestOrgs();
const { sandbox, write, sf, sfJson } = orgs;
const { org } = sandbox;
const usual = { ...org.behaviour };
const runAs = "cpq.integration@example.com";
allowCredentialAccess(org, true);

let restore = remember(org);
afterEach(() => {
  restore();
  Object.assign(org.behaviour, usual);
});

const profileOf = (username: string) => {
  const profile = org.profiles.find(({ name }) => name === userOf(org, username).profileName);
  if (profile === undefined) throw new Error(`${username} has no profile.`);
  return profile;
};

/** Deploys an app that is in order, and gives its file. */
async function working(kind: KindName, name: string): Promise<string> {
  restore = remember(org);
  const file = write(`${name}.yaml`, specTextOf(kind, name));
  const { report } = await deployToSandbox(orgs, file);
  expect(report.verification?.outcome).toBe("passed");
  org.logins.length = 0;
  return file;
}

/** The check of the token that a further deploy asks for. */
async function tokenCheck(file: string) {
  const { status, report } = await deployToSandbox(orgs, file, "--wait", "0");
  const [check] = report.verification?.checks ?? [];
  return { status, outcome: report.verification?.outcome, check };
}

describe.each(kindNames)("a refused token of an app of the kind %s", (kind) => {
  test("comes with what the org logged for the Run As user at that moment", async () => {
    const file = await working(kind, "Unapproved");
    userOf(org, runAs).permissionSets = [];
    const started = Date.now();
    const { status, check } = await tokenCheck(file);
    expect(status).toBe(4);
    expect(check).toMatchObject({
      id: "token",
      outcome: "failed",
      detail: expect.stringContaining("user is not admin approved to access this app"),
      logins: {
        username: runAs,
        entries: [
          {
            status: "Failed: Not approved for access",
            application: "Unapproved",
            loginType: "Remote Access 2.0",
            sourceIp: expect.stringMatching(/^(127\.0\.0\.1|::1)$/),
          },
        ],
      },
    });
    const [entry] = check?.logins?.entries ?? [];
    expect(Math.abs(Date.parse(entry?.at ?? "") - started)).toBeLessThan(600_000);
    const { stdout } = await sf(...deployArgs(file));
    expect(stdout).toMatch(
      /The org logged for cpq\.integration@example\.com: Failed: Not approved for access, at [\d-]{10}T[\d:]{8}Z \([^)]* ago\) from \S+, application Unapproved, login type Remote Access 2\.0/,
    );
  });

  test("says so if the request made no session", async () => {
    const file = await working(kind, "No_Session");
    org.behaviour.blockClientCredentialsFlow = true;
    const { check } = await tokenCheck(file);
    expect(check).toMatchObject({ logins: { username: runAs, entries: [] } });
    const { stdout } = await sf(...deployArgs(file));
    expect(stdout).toMatch(
      /The org logged no failed login of \S+ since [\d-]{10}T[\d:]{8}Z \([^)]* ago\): the request made no session/,
    );
  });

  test("tells the user who may not see the log which permission that takes", async () => {
    const file = await working(kind, "Not_Seen");
    const profile = profileOf(userOf(org, sandbox.adminUsername).username);
    const { permissions } = profile;
    profile.permissions = permissions.filter(
      (name) => name !== "ManageUsers" && name !== "MonitorLoginHistory",
    );
    userOf(org, runAs).permissionSets = [];
    const { status, stdout } = await sf(...deployArgs(file));
    profile.permissions = permissions;
    expect(status).toBe(4);
    expect(stdout).toContain('permission "Monitor Login History" or "Manage Users"');
  });

  test("is found by drift too, with the log", async () => {
    const file = await working(kind, "Frozen");
    userOf(org, runAs).isFrozen = true;
    const { json } = await sfJson(
      ...["cpq", "connectedapp", "drift", "--spec", file, "--target-org", "local-sandbox", "--verify"],
    );
    const drifts = (json.result as DriftReport).apps[0]?.drifts ?? [];
    const drift = drifts.find(({ kind: what }) => what === "verification");
    expect(drift?.detail).toMatch(/no client credentials user enabled.*User Is Frozen/);
    expect(drift?.remedy.join(" ")).toContain("Unfreeze");
  });
});

test("an app that has no scope for a token is told which ones count", async () => {
  const file = write(
    "no-scopes.yaml",
    specTextOf("ConnectedApp", "No_Scopes", ["[api]", "[web, refresh_token]"]),
  );
  const { status, stdout } = await sf(...deployArgs(file));
  expect(status).toBe(4);
  expect(stdout).toContain("The token will not carry web, refresh_token");
  expect(stdout).toMatch(/has no scope that a token of this flow can carry.*invalid_grant: no valid scopes/);
  expect(stdout).toContain("oauth.scopes in its spec");
});

test("API Access Control is told apart from a wrong secret, and names the app and the permission", async () => {
  const change: [string, string] = [
    "  permittedUsers: adminApproved\n  permissionSets: [CPQ Integration]\n",
    "  permittedUsers: selfAuthorized\n",
  ];
  const file = write("not-installed.yaml", specTextOf("ConnectedApp", "Not_Installed", change));
  await deployToSandbox(orgs, file, "--no-verify");
  requireApprovedApps(org, true);
  const { check } = await tokenCheck(file);
  requireApprovedApps(org, false);
  expect(check?.detail).toMatch(/API Access Control.*invalid_client: app must be installed into org/);
  expect(check?.actions.join(" ")).toMatch(
    /Install, next to Not_Installed\..*"Approve Uninstalled Connected Apps"/,
  );
});

describe("each state of an org in which it refuses tokens is explained:", () => {
  test.each<{ what: string; change: () => void; outcome?: string; words: string; next: string }>([
    {
      what: "an address outside of the profile's ranges",
      change: () => profileOf(runAs).loginIpRanges.push({ start: "198.51.100.0", end: "198.51.100.9" }),
      words: "may not log in from this address",
      next: "Login IP Ranges and Login Hours",
    },
    {
      what: "a user who approved nothing",
      change: () => Object.assign(org.behaviour, { tokenRefusal: "unapprovedConsumer" }),
      words: "has not approved the app",
      next: "policy.permittedUsers: adminApproved",
    },
    {
      what: "an inactive user",
      change: () => Object.assign(org.behaviour, { tokenRefusal: "inactiveUser" }),
      words: "The Run As user is inactive",
      next: `Setup → Users → ${runAs}`,
    },
    {
      what: "an inactive org",
      change: () => Object.assign(org.behaviour, { tokenRefusal: "inactiveOrg" }),
      words: "locked, closed or suspended",
      next: "Salesforce Customer Support",
    },
    {
      what: "too many requests",
      change: () => {
        org.behaviour.tokenRequestsPerHour = 1;
        org.tokenRequests.set(userOf(org, runAs).id, [Date.now()]);
      },
      outcome: "unverified",
      words: "limits how many tokens it issues",
      next: "Login History",
    },
  ])("$what", async ({ change, outcome = "failed", words, next }) => {
    const file = await working("ConnectedApp", "Refused");
    const profile = profileOf(runAs);
    const ranges = [...profile.loginIpRanges];
    change();
    const found = await tokenCheck(file);
    profile.loginIpRanges = ranges;
    expect(found).toMatchObject({ status: 4, outcome, check: { detail: expect.stringContaining(words) } });
    expect(found.check?.actions.join(" ")).toContain(next);
  });
});
