import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import type { Promotion } from "../../src/results/promotion.ts";
import { appInOrg, type KindName, kindNames } from "./appsInOrg.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";
import { remember, userOf } from "./tampering.ts";

// Every run that changes an org, every way in which its verification can fail, and apps that are new or were there
// before: afterwards the org is as it was, or the output names each difference.

const { production, write, sf, sfJson } = await startTestOrgs();
const { org } = production;
const usual = { ...org.behaviour };
const runAs = "cpq.integration@example.com";
const given = ["--no-prompt", "--yes-production"];
const counts = { restored: 0, named: 0 };

/** How a verification fails, and what puts the org into that state. */
const failures: { how: string; outcome: "failed" | "unverified"; bring(): void }[] = [
  { how: "refused", outcome: "failed", bring: () => set({ blockClientCredentialsFlow: true }) },
  { how: "opaque", outcome: "failed", bring: () => set({ opaqueTokens: true }) },
  { how: "wrong user", outcome: "failed", bring: () => set({ otherRunAsUser: "cpq.other@example.com" }) },
  {
    how: "unreachable",
    outcome: "unverified",
    bring: () => production.faults.set([{ fault: "reset", path: "oauth2/token", times: 1000 }]),
  },
  { how: "timeout", outcome: "unverified", bring: limitTokensUntilTheWaitIsOver },
];

const name = "Verified";
const file = `${name}.yaml`;

/** A run into production; the plan was made for an app that is new, or that was there. */
const runs: { run: string; args(app: (typeof apps)[number]): string[] }[] = [
  { run: "deploy", args: () => ["cpq", "connectedapp", "deploy", "--spec", file, "-e", "production"] },
  { run: "promote", args: () => [...promoteArgs(file), ...given] },
  {
    run: "deploy --plan",
    args: (app) => ["cpq", "connectedapp", "deploy", "--plan", `${app}.json`, ...given],
  },
];

const apps = ["new", "existing"] as const;
const cases = runs.flatMap(({ run, args }) =>
  failures.flatMap((failure) => apps.map((app) => ({ run, args, app, ...failure }))),
);

/** Brings production into the state with such an app, and back into the one before all tests. */
const states = new Map<string, () => void>();
beforeAll(async () => {
  const planFor = async (app: string) => {
    states.set(app, remember(org));
    expect(await sf(...promoteArgs(file), "--plan-out", `${app}.json`)).toMatchObject({ status: 0 });
  };
  await inSandbox("ConnectedApp", name);
  await planFor("new");
  write(file, promotable("ConnectedApp", name));
  const deploy = ["cpq", "connectedapp", "deploy", "--spec", file, "-e", "production"];
  expect(await sf(...deploy)).toMatchObject({ status: 0 });
  write(file, newer("ConnectedApp", name));
  await planFor("existing");
});
beforeEach(() => states.get("new")?.());
afterEach(() => {
  vi.useRealTimers();
  Object.assign(org.behaviour, usual);
  org.tokenRequests.clear();
  production.faults.set([]);
});
afterAll(() => {
  const { restored, named } = counts;
  console.log(
    `Failed verifications: ${restored + named} runs, ${restored} restored, ${named} named each difference`,
  );
});

test.each(cases)("$run, $how, $app app", async ({ run, args, outcome, app, bring }) => {
  states.get(app)?.();
  const before = stateOf(name);
  bring();
  const { status, stdout } = await sf(...args(app));
  const after = stateOf(name);
  expect(status, stdout).toBe(4);
  if (run === "deploy" || outcome === "unverified") {
    // It keeps what it deployed, and names it.
    expect(after).not.toEqual(before);
    expect(stdout).toMatch(/production keeps what was deployed, although the app is not verified/);
    expect(stdout).toMatch(
      app === "new" ? `the new app ${name}` : `settings of ${name} that changed: label\n`,
    );
    if (app === "existing") expect(after).toEqual({ ...before, metadata: after.metadata });
    counts.named++;
  } else {
    expect(stdout).toContain("is as it was before");
    expect(stdout).not.toContain("keeps what was deployed");
    expect(after).toEqual(before);
    counts.restored++;
  }
});

test("all cases were run", () => {
  expect(cases.length).toBe(30);
  expect(counts.restored + counts.named).toBe(30);
});

describe.each(kindNames)("a %s whose Run As user got a permission set", (kind) => {
  const appName = `Assigned_${kind}`;
  const access = kind === "ExternalClientApp" ? ["--enable-credential-access"] : [];

  test("a promotion takes it back", async () => {
    const spec = await inSandbox(kind, appName);
    userOf(org, runAs).permissionSets = [];
    set({ blockClientCredentialsFlow: true });
    const args = [...promoteArgs(spec), ...given, ...access, "--assign-run-as"];
    const { status, json } = await sfJson(...args);
    const { deploy, restored, notRestored } = json.result as Promotion;
    expect({ status, restored, notRestored }).toEqual({ status: 4, restored: true, notRestored: [] });
    expect(deploy?.assigned).toBe("CPQ_Integration");
    expect(userOf(org, runAs).permissionSets).toEqual([]);
    expect(appInOrg(org, kind, appName)).toBeUndefined();
  });

  test("a deploy keeps it, and names it", async () => {
    const spec = await inSandbox(kind, appName);
    userOf(org, runAs).permissionSets = [];
    set({ blockClientCredentialsFlow: true });
    const deploy = ["cpq", "connectedapp", "deploy", "--spec", spec, "-e", "production", ...access];
    const { status, stdout } = await sf(...deploy, "--assign-run-as");
    expect(status).toBe(4);
    expect(stdout).toContain(`the permission set CPQ_Integration, assigned to ${runAs}`);
  });
});

describe("a restore that the org refuses is the loudest line, and names what is left:", () => {
  test.each([
    { app: "new", left: /The app Verified did not exist/ },
    { app: "existing", left: /label was Verified before, and is Newer now/ },
  ])("$app app", async ({ app, left }) => {
    states.get(app)?.();
    set({ blockClientCredentialsFlow: true });
    // The deploys of a promotion are a check and the real one; the next is the restore.
    production.faults.set([{ fault: "status", status: 500, operation: "deploy", after: 2, times: 100 }]);
    const { status, stdout } = await sf(...promoteArgs(file), ...given);
    expect(status).toBe(4);
    const lines = stdout.trimEnd().split("\n");
    const loud = lines.findIndex((line) =>
      line.includes("!!! THE VERIFICATION FAILED, AND PRODUCTION IS NOT"),
    );
    expect(loud).toBeGreaterThan(0);
    expect(lines.slice(loud).join("\n")).toMatch(left);
    expect(lines.slice(loud).join("\n")).toMatch(/did not accept the former state/);
    expect(lines.at(-1)).toContain("sf cpq connectedapp drift --spec");
  });
});

function set(behaviour: Partial<typeof org.behaviour>): void {
  Object.assign(org.behaviour, behaviour);
}

/** The org limits how many tokens it issues. As soon as it was asked for one, the time to wait is over. */
function limitTokensUntilTheWaitIsOver(): void {
  set({ tokenRequestsPerHour: 1 });
  org.tokenRequests.set(userOf(org, runAs).id, [Date.now()]);
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now(), shouldAdvanceTime: true });
  production.faults.set([]);
  const watch = setInterval(() => {
    if (!production.faults.seen.some(({ path }) => path.includes("oauth2/token"))) return;
    clearInterval(watch);
    vi.setSystemTime(Date.now() + 60 * 60_000);
  }, 5);
}

/** Deploys an app to the sandbox, with a newer label than production may know, and gives its file. */
async function inSandbox(kind: KindName, appName: string): Promise<string> {
  const access = kind === "ExternalClientApp" ? ["--enable-credential-access"] : [];
  const spec = write(`${appName}.yaml`, newer(kind, appName));
  const deploy = ["cpq", "connectedapp", "deploy", "--spec", spec, "-e", "uat", ...access];
  expect(await sf(...deploy)).toMatchObject({ status: 0 });
  return spec;
}

function newer(kind: KindName, appName: string): string {
  return promotable(kind, appName).replace(`label: ${appName}`, "label: Newer");
}

function promotable(kind: KindName, appName: string): string {
  return `${specTextOf(kind, appName)}environments:
  uat: {targetOrg: local-sandbox}
  production:
    targetOrg: local-production
    oauth:
      callbackUrl: https://example.com/production
      clientCredentials: {runAs: ${runAs}}
`;
}

function promoteArgs(spec: string): string[] {
  return ["cpq", "connectedapp", "promote", "--spec", spec, "--from", "uat", "--to", "production"];
}

/** What production has of an app, and of its Run As user. */
function stateOf(appName: string) {
  const app = org.connectedApps.get(appName);
  return structuredClone({
    metadata: app?.content,
    consumerKey: app?.consumerKey,
    consumerSecret: app?.consumerSecret,
    permissionSets: userOf(org, runAs).permissionSets,
    settings: [...(org.components.get("Settings")?.values() ?? [])].map(({ content }) => content),
    apps: [...org.connectedApps.keys()],
  });
}
