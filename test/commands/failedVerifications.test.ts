import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Promotion } from "../../src/results/promotion.ts";
import { allowCredentialAccess, appInOrg, type KindName, kindNames } from "./appsInOrg.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";
import { movableClock, remember, userOf } from "./tampering.ts";

// Every run that changes an org, every way in which its verification can fail, and apps that are new or were there
// before: afterwards the org is as it was, or the output names each difference.

const { production, write, sf, sfJson } = await startTestOrgs();
const { org } = production;
const usual = { ...org.behaviour };
const hour = 60 * 60_000;
const runAs = "cpq.integration@example.com";
const given = ["--no-prompt", "--yes-production"];
const counts = { restored: 0, named: 0, untouched: 0 };

/** How a verification fails, and what puts the org into that state. */
const failures: { how: string; outcome: "failed" | "unverified"; bring(): void }[] = [
  { how: "refused", outcome: "failed", bring: () => set({ blockClientCredentialsFlow: true }) },
  { how: "opaque", outcome: "failed", bring: () => set({ opaqueTokens: true }) },
  { how: "wrong user", outcome: "failed", bring: () => set({ otherRunAsUser: "cpq.other@example.com" }) },
  { how: "unreachable", outcome: "unverified", bring: breakTokensUntilTheWaitIsOver },
  { how: "timeout", outcome: "unverified", bring: limitTokensUntilTheWaitIsOver },
];

const name = "Verified";
const file = `${name}.yaml`;
const both = "Both_Kinds";

/**
 * What production has before a run: no such app, an older one, or a connected app and the external client app that
 * succeeds it.
 */
type Before = "new" | "existing" | "succeeded";

/** What a run leaves if its verification fails: the state before it, what it did and names, or nothing was done at all. */
type Left = "restored" | "named" | "untouched";

interface Run {
  run: string;
  befores: Before[];
  args(before: Before): string[];
  /** By how the verification fails. */
  leaves: Record<"failed" | "unverified", Left>;
  /** The exit code. */
  status(how: string): number;
  /** The words for what is not as it was, or for why nothing was done. */
  names(before: Before, how: string): RegExp;
}

/** Every run that changes an app of an org. */
const runs: Run[] = [
  {
    run: "deploy",
    befores: ["new", "existing"],
    args: () => ["deploy", "--spec", file, "-e", "production"],
    leaves: { failed: "named", unverified: "named" },
    status: () => 4,
    names: keptWords,
  },
  {
    run: "promote",
    befores: ["new", "existing"],
    args: () => [...promoteArgs(file).slice(2), ...given],
    leaves: { failed: "restored", unverified: "named" },
    status: () => 4,
    names: keptWords,
  },
  {
    // The plan was made for an app that is new, or that was there.
    run: "deploy --plan",
    befores: ["new", "existing"],
    args: (before) => ["deploy", "--plan", `${before}.json`, ...given],
    leaves: { failed: "restored", unverified: "named" },
    status: () => 4,
    names: keptWords,
  },
  {
    run: "rotate",
    befores: ["succeeded"],
    args: () => ["rotate", "--name", both, "--target-org", "local-production"],
    leaves: { failed: "named", unverified: "named" },
    // Where no token can be asked, the new pair does not become the app's own.
    status: (how) => (how === "unreachable" ? 1 : 4),
    names: (_before, how) =>
      how === "unreachable"
        ? /at this step[\s\S]*To continue: sf cpq connectedapp rotate --name Both_Kinds .*--resume/
        : /Both_Kinds has a new consumer key and secret in local-production\.[\s\S]*former key \S+ works/,
  },
  {
    run: "migrate --delete-old",
    befores: ["succeeded"],
    args: () => [
      ...["migrate", "--name", both, "--target-org", "local-production"],
      ...["--delete-old", "--even-if-used", "--no-prompt"],
    ],
    leaves: { failed: "untouched", unverified: "untouched" },
    status: () => 1,
    names: () => /No token shows that the external client app Both_Kinds in local-production works/,
  },
];
const cases = runs.flatMap((run) =>
  failures.flatMap((failure) => run.befores.map((before) => ({ ...run, ...failure, before }))),
);

/** Brings production into the state with such an app, and back into the one before all tests. */
const states = new Map<string, () => void>();
beforeAll(async () => {
  const planFor = async (app: Before) => {
    states.set(app, remember(org));
    expect(await sf(...promoteArgs(file), "--plan-out", `${app}.json`)).toMatchObject({ status: 0 });
  };
  await inSandbox("ConnectedApp", name);
  await planFor("new");
  write(file, promotable("ConnectedApp", name));
  const deploy = ["cpq", "connectedapp", "deploy", "-e", "production", "--spec"];
  expect(await sf(...deploy, file)).toMatchObject({ status: 0 });
  write(file, newer("ConnectedApp", name));
  await planFor("existing");
  states.get("new")?.();
  allowCredentialAccess(org, true);
  for (const kind of kindNames) {
    write(`${kind}.yaml`, promotable(kind, both));
    expect(await sf(...deploy, `${kind}.yaml`)).toMatchObject({ status: 0 });
  }
  states.set("succeeded", remember(org));
});
beforeEach(() => states.get("new")?.());
afterEach(() => {
  Object.assign(org.behaviour, usual);
  org.tokenRequests.clear();
  production.faults.set([]);
});
afterAll(() => {
  const { restored, named, untouched } = counts;
  console.log(
    `Failed verifications: ${restored + named + untouched} runs, ${restored} restored, ${named} named each difference, ${untouched} changed nothing`,
  );
});

test.each(cases)("$run, $how, $before app", async (row) => {
  const { how, before, outcome, leaves } = row;
  states.get(before)?.();
  const former = stateOf();
  row.bring();
  const { status, stdout, stderr } = await sf("cpq", "connectedapp", ...row.args(before));
  const after = stateOf();
  expect(status, stdout + stderr).toBe(row.status(how));
  const left = leaves[outcome];
  if (left === "restored") {
    expect(stdout).toContain("is as it was before");
    expect(stdout).not.toContain("keeps what was deployed");
    expect(stdout.includes("!!! THE VERIFICATION FAILED, AND THE FORMER APP")).toBe(before === "existing");
  } else {
    expect(stdout + stderr).toMatch(row.names(before, how));
  }
  if (left === "named") expect(after).not.toEqual(former);
  else expect(after).toEqual(former);
  counts[left]++;
});

test("all cases were run", () => {
  expect(cases.length).toBe(40);
  expect(counts.restored + counts.named + counts.untouched).toBe(40);
});

/** A deploy says that it keeps what it deployed, and each difference. */
function keptWords(before: Before): RegExp {
  const difference =
    before === "new" ? "the new app Verified" : "the settings of Verified that changed: label";
  return new RegExp(
    `production keeps what was deployed, although the app is not verified:\n {2}${difference}\n`,
  );
}

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

test("a restore that outlasts --wait is told as one that goes on, with the command that shows its end", async () => {
  states.get("existing")?.();
  set({ blockClientCredentialsFlow: true });
  const waitLonger = movableClock();
  production.faults.set([]);
  const deploys = () => production.faults.seen.filter(({ operation }) => operation === "deploy").length;
  const watch = setInterval(() => {
    // The deploys of a promotion are a check and the real one; the next is the restore.
    if (production.faults.seen.some(({ path }) => path.includes("oauth2/token")))
      set({ deployTime: 24 * 60 * 60_000 });
    if (deploys() < 3) return;
    clearInterval(watch);
    waitLonger(hour);
  }, 5);
  const { status, stdout } = await sf(...promoteArgs(file), ...given);
  clearInterval(watch);
  expect(status).toBe(4);
  expect(stdout).toMatch(/!!! THE VERIFICATION FAILED, AND PRODUCTION IS NOT AS IT WAS/);
  expect(stdout).toMatch(
    /still restoring the former state.*--wait ran out.*sf project deploy report --job-id 0Af/,
  );
  expect(stdout).not.toContain("did not accept the former state");
});

function set(behaviour: Partial<typeof org.behaviour>): void {
  Object.assign(org.behaviour, behaviour);
}

/** No token endpoint can be reached, until the time to wait is over. */
function breakTokensUntilTheWaitIsOver(): void {
  endTheWaitOnceAsked();
  production.faults.set([{ fault: "reset", path: "oauth2/token", times: 1000 }]);
}

/** The org limits how many tokens it issues, until the time to wait is over. */
function limitTokensUntilTheWaitIsOver(): void {
  set({ tokenRequestsPerHour: 1 });
  org.tokenRequests.set(userOf(org, runAs).id, [Date.now()]);
  endTheWaitOnceAsked();
}

/** As soon as the org was asked for a token, an hour has passed. */
function endTheWaitOnceAsked(): void {
  const waitLonger = movableClock();
  production.faults.set([]);
  const watch = setInterval(() => {
    if (!production.faults.seen.some(({ path }) => path.includes("oauth2/token"))) return;
    clearInterval(watch);
    waitLonger(hour);
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

/** What production has of its apps, their pairs, its settings, and the Run As user's permission sets. */
function stateOf() {
  const components = [...org.components].map(([type, byName]) => ({
    type,
    parts: [...byName.values()].map(({ fullName, content, consumer }) => ({ fullName, content, consumer })),
  }));
  const connectedApps = [...org.connectedApps].map(([fullName, app]) => {
    const { content, consumerKey, consumerSecret } = app;
    return { fullName, content, consumerKey, consumerSecret };
  });
  const { permissionSets } = userOf(org, runAs);
  return structuredClone({ connectedApps, components, permissionSets });
}
