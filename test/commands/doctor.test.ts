import { beforeEach, describe, expect, test } from "vitest";
import type { Diagnosis, Need, NeedId } from "../../src/results/doctor.ts";
import { postForm } from "../localorg/clients.ts";
import { allowCredentialAccess, requireApprovedApps } from "./appsInOrg.ts";
import { specText, specTextOf, startTestOrgs } from "./localOrgs.ts";

const { sandbox, sf, sfJson, write } = await startTestOrgs();
const { org } = sandbox;
const connected = write("connected.yaml", specText("Doctor_Connected"));
const external = write("external.yaml", specTextOf("ExternalClientApp", "Doctor_External"));

async function doctor(
  ...args: string[]
): Promise<{ status: number; needs: Map<NeedId, Need>; result: Diagnosis }> {
  const { status, json } = await sfJson(
    "cpq",
    "connectedapp",
    "doctor",
    "--target-org",
    "local-sandbox",
    ...args,
  );
  const result = json.result as Diagnosis | undefined;
  if (result === undefined || status === null) throw new Error(JSON.stringify(json));
  return { status, result, needs: new Map(result.needs.map((need) => [need.id, need])) };
}

const outcomes = (needs: Map<NeedId, Need>, wanted: Need["outcome"]) =>
  [...needs.values()].filter(({ outcome }) => outcome === wanted).map(({ id }) => id);

/** Changes the org for one test, and puts it back as it was. */
const undo: (() => void)[] = [];
beforeEach(() => {
  for (const back of undo.splice(0).reverse()) back();
});
function set<Target extends object, Key extends keyof Target>(target: Target, key: Key, value: Target[Key]) {
  const former = target[key];
  target[key] = value;
  undo.push(() => {
    target[key] = former;
  });
}
const userOf = (username: string) => {
  const user = org.users.find((one) => one.username === username);
  if (user === undefined) throw new Error(`No user ${username}.`);
  return user;
};
const runAs = userOf("cpq.integration@example.com");
const profileOf = (name: string) => {
  const profile = org.profiles.find((one) => one.name === name);
  if (profile === undefined) throw new Error(`No profile ${name}.`);
  return profile;
};

test("an org alone: its settings and the user's rights, and nothing is changed", async () => {
  const before = structuredClone([...org.connectedApps.keys()]);
  const { status, needs, result } = await doctor();
  expect(status).toBe(0);
  expect(result.org).toMatchObject({ name: "local-sandbox", username: sandbox.adminUsername });
  expect(result).not.toHaveProperty("app");
  expect(outcomes(needs, "failed")).toEqual([]);
  expect(outcomes(needs, "hidden")).toEqual([]);
  expect(outcomes(needs, "untold")).toEqual(["flow"]);
  expect(outcomes(needs, "warning")).toEqual(["credentialAccess"]);
  expect(needs.get("connectedAppCreation")).toMatchObject({ outcome: "passed" });
  expect(needs.get("apiCalls")?.detail).toMatch(/^\d+ of 100000 left$/);
  expect([...org.connectedApps.keys()]).toEqual(before);
});

test("an app that works: all is there, with who uses it", async () => {
  await sf("cpq", "connectedapp", "deploy", "--spec", connected, "--target-org", "local-sandbox");
  const { status, needs, result } = await doctor("--spec", connected);
  expect(outcomes(needs, "failed")).toEqual([]);
  expect(outcomes(needs, "hidden")).toEqual([]);
  expect(status).toBe(0);
  expect(result.app).toEqual({ name: "Doctor_Connected", kind: "ConnectedApp", specFile: connected });
  expect(needs.get("app")?.outcome).toBe("passed");
  // The token of the deploy's own verification.
  expect(needs.get("flow")).toMatchObject({
    outcome: "passed",
    detail: expect.stringMatching(/^a token was issued/),
  });
  expect(result.use).toMatchObject({ tokens: 1, sources: [{ username: runAs.username }] });
  expect(needs.get("runAsLicense")?.detail).toBe("Salesforce Integration, Salesforce API Integration");
  expect(needs.get("connectedAppCreation")?.outcome).toBe("skipped");
  const byName = await doctor("--name", "Doctor_Connected");
  expect(byName.result.app).toEqual({ name: "Doctor_Connected", kind: "ConnectedApp" });
  expect(outcomes(byName.needs, "failed")).toEqual([]);
  expect(byName.needs.get("runAsApproved")?.outcome).toBe("passed");
});

test("a name that the org does not have is missing, with the names that it has", async () => {
  const { status, needs } = await doctor("--name", "Doctor_Conected");
  expect(status).toBe(1);
  expect(needs.get("app")).toMatchObject({
    outcome: "failed",
    detail: expect.stringMatching(/no app with the API name Doctor_Conected.*mean Doctor_Connected\?/),
    actions: [expect.stringContaining("Doctor_Connected")],
  });
});

describe("what breaks the flow is found, with the way to it", () => {
  test.each<{
    what: string;
    spec: string;
    args?: string[];
    prepare(): void;
    id: NeedId;
    detail: RegExp;
    action: RegExp;
  }>([
    {
      what: "an inactive Run As user",
      spec: connected,
      prepare: () => set(runAs, "isActive", false),
      id: "runAsActive",
      detail: /is inactive/,
      action: /Activate the user in Setup/,
    },
    {
      what: "a frozen one",
      spec: connected,
      prepare: () => set(runAs, "isFrozen", true),
      id: "runAsFrozen",
      detail: /is frozen/,
      action: /unfreeze/,
    },
    {
      what: "one without API access",
      spec: connected,
      prepare: () => set(runAs, "profileName", "Minimum Access - Salesforce"),
      id: "runAsApi",
      detail: /API Enabled/,
      action: /Give the Run As user a profile or permission set/,
    },
    {
      what: "one without the app's permission sets",
      spec: connected,
      prepare: () => set(runAs, "permissionSets", []),
      id: "runAsApproved",
      detail: /none of the permission sets/,
      action: /--assign-run-as/,
    },
    {
      what: "one that the org does not have",
      spec: write("nobody.yaml", specText("Nobody", ["cpq.integration@", "nobody@"])),
      prepare: () => {},
      id: "runAs",
      detail: /no user nobody@example\.com/,
      action: /username, not an email address/,
    },
    {
      what: "a permission set that the org does not have",
      spec: write("noset.yaml", specText("No_Set", ["[CPQ Integration]", "[Nothing]"])),
      prepare: () => {},
      id: "permissionSets",
      detail: /Nothing/,
      action: /./,
    },
    {
      what: "blocked creation of connected apps",
      spec: write("new.yaml", specText("Not_There_Yet")),
      prepare: () => set(org.behaviour, "restrictConnectedApps", true),
      id: "connectedAppCreation",
      detail: /You can't create a connected app/,
      action: /kind: ExternalClientApp/,
    },
    {
      what: "API Access Control",
      spec: write(
        "open.yaml",
        specText("Open_App", [
          "  permittedUsers: adminApproved\n  permissionSets: [CPQ Integration]\n",
          "  permittedUsers: allSelfAuthorized\n",
        ]),
      ),
      prepare: () => {
        requireApprovedApps(org, true);
        undo.push(() => requireApprovedApps(org, false));
      },
      id: "apiAccessControl",
      detail: /only apps whose users an admin approved/,
      action: /adminApproved/,
    },
    {
      what: "an old API version",
      spec: external,
      args: ["--api-version", "64.0"],
      prepare: () => {},
      id: "apiVersion",
      detail: /64\.0.*65\.0/,
      action: /--api-version/,
    },
  ])("$what", async ({ spec, args = [], prepare, id, detail, action }) => {
    prepare();
    const { status, needs } = await doctor("--spec", spec, ...args);
    expect(needs.get(id)).toMatchObject({
      outcome: "failed",
      detail: expect.stringMatching(detail),
      actions: expect.arrayContaining([expect.stringMatching(action)]),
    });
    expect(status).toBe(1);
  });
});

test("login hours and addresses of the profile, and refused logins, are warnings with their values", async () => {
  const profile = profileOf(runAs.profileName);
  set(profile, "loginHours", { monday: { start: 480, end: 1080 } });
  set(profile, "loginIpRanges", [{ start: "198.51.100.0", end: "198.51.100.255" }]);
  const { consumerKey, consumerSecret } = org.connectedApps.get("Doctor_Connected") ?? {};
  const refused = await postForm(`${org.myDomainUrl}/services/oauth2/token`, {
    grant_type: "client_credentials",
    client_id: consumerKey ?? "",
    client_secret: consumerSecret ?? "",
  });
  expect(refused.status).toBe(400);
  const { status, needs } = await doctor("--spec", connected);
  expect(needs.get("loginHours")).toMatchObject({
    outcome: "warning",
    detail: expect.stringContaining("monday 08:00–18:00"),
  });
  expect(needs.get("loginAddresses")).toMatchObject({
    outcome: "warning",
    detail: expect.stringContaining("198.51.100.0–198.51.100.255"),
  });
  expect(needs.get("refusedLogins")).toMatchObject({
    outcome: "warning",
    detail: expect.stringContaining("Failed: IP Address Not Allowed"),
  });
  expect(status).toBe(0);
});

test("credential access counts for external client apps", async () => {
  allowCredentialAccess(org, true);
  const { needs } = await doctor("--spec", external);
  allowCredentialAccess(org, false);
  expect(needs.get("credentialAccess")).toMatchObject({ outcome: "passed" });
  expect(needs.get("externalClientApps")).toMatchObject({ outcome: "passed" });
});

describe("each right of the deploying user is named", () => {
  const adminProfile = profileOf("System Administrator");
  test.each<{
    lost: (typeof adminProfile.permissions)[number][];
    id: NeedId;
    outcome: Need["outcome"];
    spec?: string;
  }>([
    { lost: ["CustomizeApplication"], id: "rightCustomize", outcome: "failed" },
    { lost: ["ManageRemoteAccess"], id: "rightConnectedApps", outcome: "failed" },
    { lost: ["ExternalClientAppAdmin"], id: "rightExternalClientApps", outcome: "failed", spec: external },
    { lost: ["ViewClientSecret"], id: "rightSecrets", outcome: "failed", spec: external },
    { lost: ["AssignPermissionSets"], id: "rightAssign", outcome: "warning" },
  ])("$lost", async ({ lost, id, outcome, spec = connected }) => {
    set(
      adminProfile,
      "permissions",
      adminProfile.permissions.filter((one) => !lost.includes(one)),
    );
    const { needs } = await doctor("--spec", spec);
    expect(needs.get(id)).toMatchObject({
      outcome,
      actions: [expect.stringMatching(/^Ask for the permission: /)],
    });
  });
});

test("what a user without rights may not see is told with the permission that is needed, and is never taken for well", async () => {
  set(profileOf("System Administrator"), "permissions", ["ApiEnabled"]);
  const { status, needs } = await doctor("--spec", connected);
  expect(status).toBe(1);
  expect(outcomes(needs, "hidden")).toEqual([
    "connectedAppCreation",
    "apiAccessControl",
    "apiCalls",
    "app",
    "use",
    "runAs",
  ]);
  expect(outcomes(needs, "failed")).toEqual([
    "rightMetadata",
    "rightCustomize",
    "rightConnectedApps",
    "rightViewSetup",
  ]);
  expect(needs.get("app")?.actions).toEqual([expect.stringContaining("Modify Metadata")]);
  expect(needs.get("apiCalls")?.actions).toEqual([expect.stringContaining("View Setup and Configuration")]);
  expect(needs.get("use")?.detail + (needs.get("use")?.actions.join(" ") ?? "")).toContain("Manage Users");
});

test("the report for people, for pipelines and as Markdown", async () => {
  set(runAs, "isFrozen", true);
  const args = ["cpq", "connectedapp", "doctor", "-o", "local-sandbox", "-f", connected];
  const { status, stdout } = await sf(...args, "--format", "human", "--format", "junit", "--output", "d.xml");
  expect(status).toBe(1);
  expect(stdout).toMatch(/The org\n {2}✓ API version/);
  expect(stdout).toMatch(/✗ Not frozen +The Run As user cpq\.integration@example\.com is frozen/);
  expect(stdout).toMatch(
    /\n\d+ in place, 1 missing, \d to look at \(!\), 0 not shown to you, \d that no org tells\.\n$/,
  );
  const markdown = await sf(...args, "--format", "markdown");
  expect(markdown.stdout).toContain("| ✗ | Not frozen |");
  const junit = await sf(...args, "--format", "junit");
  expect(junit.stdout).toMatch(/<testcase [^>]*name="runAsFrozen">\s*<failure /);
});
