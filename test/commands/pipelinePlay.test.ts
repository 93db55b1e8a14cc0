import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { cpSync, existsSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { Initialized } from "../../src/results/initialized.ts";
import { folderWith } from "../temporaryFolders.ts";
import { appInOrg, type KindName } from "./appsInOrg.ts";
import { commandLine } from "./commandLine.ts";
import { type Keeper, keeper } from "./keepers.ts";
import { startTestOrgs } from "./localOrgs.ts";
import { type PipelineEvent, type PlayedJob, type PlayedStep, playedSystems } from "./playedPipelines.ts";
import { putSfInto } from "./sfOnPath.ts";

const { home, sandbox, production } = await startTestOrgs();
const integration = sandbox.org.users.find(({ username }) => username === "cpq.integration@example.com");
if (integration !== undefined) integration.username += ".uat";

/** The secrets that a person gives to each system. */
const authUrls = new Map([
  ["force://PlatformCLI::Refresh@uat.example.com", sandbox],
  ["force://PlatformCLI::Refresh@production.example.com", production],
]);
const [uatUrl = "", productionUrl = ""] = authUrls.keys();
const { privateKey } = generateKeyPairSync("ed25519");
const byPerson: Readonly<Record<string, string>> = {
  SFDX_AUTH_URL_UAT: uatUrl,
  SFDX_AUTH_URL_PRODUCTION: productionUrl,
  CPQ_RECEIPT_KEY: privateKey.export({ type: "pkcs8", format: "der" }).toString("base64"),
  CPQ_SECRETS_TOKEN: "TokenThatWritesSecrets",
  VAULT_ADDR: "https://vault.example.com",
  VAULT_TOKEN: "TokenOfTheVault",
};

/** What the Salesforce CLI does in a job: it learns of the plugin, and logs in to an org, in this home alone. */
const folderOfSf = join(home, "bin");
await putSfInto(folderOfSf, ({ args, input, home: own }) => {
  const words = args.join(" ");
  const installed = join(own, "plugin");
  if (/^plugins install (sf-plugin-cpq|file:\/\/\/\S+\/tools\/sf-plugin-cpq-[\d.]+\.tgz)$/.test(words)) {
    mkdirSync(installed, { recursive: true });
    return undefined;
  }
  if (args[0] === "cpq") return existsSync(installed) ? undefined : "The plugin is not installed.";
  const alias = /^org login sfdx-url --sfdx-url-stdin --alias ([\w-]+)$/.exec(words)?.[1];
  const org = authUrls.get(input);
  if (alias === undefined || org === undefined) return `Unexpected: sf ${words}`;
  const file = join(own, ".sfdx", "alias.json");
  const former = existsSync(file) ? JSON.parse(readFileSync(file, "utf8")).orgs : {};
  for (const folder of [".sf", ".sfdx"]) cpSync(join(home, folder), join(own, folder), { recursive: true });
  writeFileSync(file, JSON.stringify({ orgs: { ...former, [alias]: org.adminUsername } }));
  rmSync(join(own, ".sf", "cpq-consumers.json"), { force: true });
  return undefined;
});

type SystemName = keyof typeof playedSystems;

interface Ended {
  job: string;
  status: number;
  said: string;
}

/** A repository with what `init` writes, in a system with the secrets that `init` asks for. */
async function repositoryOf(name: SystemName, kind: KindName, ...flags: string[]) {
  const folder = folderWith({});
  const person = ["--contact-email", "team@example.com", "--run-as", "cpq.integration@example.com"];
  const keeping = keeper();
  const system = await systemFor(folder, keeping, name, ["--kind", kind, ...person, ...flags]);
  const spec = join(folder, "specs", "cpq-admin-api.yaml");
  const edit = (from: string, to: string) => {
    const text = readFileSync(spec, "utf8");
    expect(text).toContain(from);
    writeFileSync(spec, text.replace(from, to));
  };
  // Only Setup can set the timeout of a connected app: its spec says what orgs begin with.
  if (kind === "ConnectedApp") edit("timeout: 15m", "timeout: 30m");
  /** A second system for the same specs. */
  const also = (other: SystemName) => systemFor(folder, keeping, other, []);
  return { ...system, also, edit, kept: keeping.kept };
}

async function systemFor(folder: string, { bin, kept }: Keeper, name: SystemName, flags: readonly string[]) {
  const { json } = await commandLine(folder).sfJson("cpq", "connectedapp", "init", "--ci", name, ...flags);
  const wanted = (json.result as Initialized).secrets?.map((secret) => secret.name) ?? [];
  const more: Record<string, string> = {};
  const given = () => {
    const all = Object.entries({ ...byPerson, ...more }).map(([secret, value]) => [
      name === "jenkins" ? secret.toLowerCase().replaceAll("_", "-") : secret,
      value,
    ]);
    return Object.fromEntries(all.filter(([secret = ""]) => wanted.includes(secret)));
  };
  const writesVariables = name === "github" || name === "gitlab";
  const secretsFor = (event: PipelineEvent) => (environment?: string) => {
    if (event === "forkPullRequest") return {};
    const all = { ...given(), ...(writesVariables ? kept() : {}) };
    // Of GitHub's secrets, those of an environment are for its jobs alone.
    return name !== "github" || environment === "cpq-apps" ? all : { SFDX_AUTH_URL_UAT: uatUrl };
  };
  const system = playedSystems[name];
  const artifacts = folderWith({});
  const run = async (event: PipelineEvent, variables: Readonly<Record<string, string>> = {}) => {
    const ended: Ended[] = [];
    for (const job of system.jobs(folder, event, secretsFor(event))) {
      const [own, checkout] = [folderWith({}), folderWith({})];
      cpSync(folder, checkout, { recursive: true });
      if (job.takes) cpSync(artifacts, checkout, { recursive: true });
      ended.push(
        await runJob(job, {
          own,
          checkout,
          path: `${bin}:${folderOfSf}`,
          variables: { ...system.variables, ...variables },
        }),
      );
      for (const file of job.gives.flatMap((pattern) => globSync(pattern, { cwd: checkout })))
        cpSync(join(checkout, file), join(artifacts, file), { recursive: true });
      if (ended.at(-1)?.status !== 0) break;
    }
    return ended;
  };
  return { artifacts, more, run, wanted };
}

interface Machine {
  own: string;
  checkout: string;
  path: string;
  variables: Readonly<Record<string, string>>;
}

/** Runs the steps of a job in a home of its own, with the variables that the pipeline passes to each and no others. */
async function runJob(job: PlayedJob, { own, checkout, path, variables }: Machine): Promise<Ended> {
  const outputs: Record<string, Record<string, string>> = {};
  let said = "";
  for (const [index, step] of job.steps.entries()) {
    if (step.isOn?.(outputs) === false) continue;
    const output = join(own, `output-${index}`);
    writeFileSync(output, "");
    const env = {
      PATH: `${path}:${process.env.PATH}`,
      HOME: own,
      NODE_ENV: "production",
      NO_COLOR: "1",
      SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
      SF_DISABLE_TELEMETRY: "true",
      SF_AUTOUPDATE_DISABLE: "true",
      GITHUB_OUTPUT: output,
      GITHUB_STEP_SUMMARY: join(own, "summary.md"),
      ...variables,
      ...step.env,
    };
    const { status, text } = await bash(step, checkout, env);
    said += `${step.script}\n${text}`;
    if (status !== 0) return { job: job.name, status, said };
    const lines = readFileSync(output, "utf8").split("\n").filter(Boolean);
    if (step.id !== undefined) outputs[step.id] = Object.fromEntries(lines.map((line) => line.split("=")));
  }
  return { job: job.name, status: 0, said };
}

function bash({ script }: PlayedStep, cwd: string, env: Record<string, string>) {
  return new Promise<{ status: number; text: string }>((resolve) => {
    execFile("bash", ["-e", "-c", script], { cwd, env }, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), text: stdout + stderr }),
    );
  });
}

const appName = "CPQ_Admin_API";
const apps = (kind: KindName) => [sandbox, production].map(({ org }) => appInOrg(org, kind, appName));

/** The orgs are shared by all tests, and each begins with empty ones. */
function emptyOrgs(): void {
  for (const { org } of [sandbox, production]) {
    org.connectedApps.clear();
    org.components.clear();
  }
}

/** All jobs ended well, and no secret that the orgs know was said in any of them. */
function expectGood(ended: readonly Ended[], jobs: readonly string[], kind: KindName): void {
  for (const { status, said } of ended) expect(status, said).toBe(0);
  expect(ended.map(({ job }) => job)).toEqual(jobs);
  for (const app of apps(kind))
    expect(ended.filter(({ said }) => said.includes(app?.consumerSecret ?? "\0"))).toEqual([]);
}

const isWindows = process.platform === "win32";

describe.skipIf(isWindows)("what init writes is played, each job on a machine that forgets", () => {
  const inVariables = [
    "CPQ_ADMIN_API_PRODUCTION_CONSUMER_KEY",
    "CPQ_ADMIN_API_PRODUCTION_CONSUMER_SECRET",
    "CPQ_ADMIN_API_UAT_CONSUMER_KEY",
    "CPQ_ADMIN_API_UAT_CONSUMER_SECRET",
  ];
  /** Each system with its own store, the jobs of its events, and the names under which it keeps both pairs. */
  const systems: {
    system: SystemName;
    kind: KindName;
    merge: string[];
    night: string[];
    quarter?: string[];
    kept: string[];
  }[] = [
    {
      system: "github",
      kind: "ExternalClientApp",
      merge: ["deploy", "approve", "promote"],
      night: ["drift", "drift", "drift-report"],
      quarter: ["rotate"],
      kept: inVariables,
    },
    {
      system: "gitlab",
      kind: "ConnectedApp",
      merge: ["validate", "deploy", "promote"],
      night: ["drift", "drift", "drift-report"],
      kept: inVariables,
    },
    {
      system: "azure",
      kind: "ExternalClientApp",
      merge: ["validate", "deploy", "promote"],
      night: ["shards", "shards", "report"],
      quarter: ["rotate"],
      kept: ["cpq-admin-api-production", "cpq-admin-api-uat"],
    },
    {
      system: "jenkins",
      kind: "ExternalClientApp",
      merge: ["merge"],
      night: ["night"],
      quarter: ["quarter"],
      kept: ["production.CPQ_Admin_API", "uat.CPQ_Admin_API"],
    },
  ];

  test.for(systems)(
    "$system: from empty orgs to a promoted $kind, a check, and new keys and secrets",
    async ({ system, kind, merge, night, quarter, kept }) => {
      emptyOrgs();
      const repository = await repositoryOf(system, kind);
      expectGood(await repository.run("merge"), merge, kind);
      expect(Object.keys(repository.kept()).toSorted()).toEqual(kept);
      expectGood(await repository.run("night"), night, kind);
      if (quarter !== undefined) {
        const former = apps(kind).map((app) => app?.consumerKey);
        expectGood(await repository.run("quarter"), quarter, kind);
        const keys = apps(kind).map((app) => app?.consumerKey);
        expect(keys.filter((key) => former.includes(key))).toEqual([]);
      }
      const values = JSON.stringify(repository.kept());
      for (const app of apps(kind)) {
        expect(values).toContain(app?.consumerKey);
        expect(values).toContain(app?.consumerSecret);
      }
      if (system === "jenkins") {
        const cluster = await repository.also("kubernetes");
        const pods = await cluster.run("night");
        expectGood(pods, ["drift-0", "drift-1"], kind);
        // Who ends last joins the parts.
        expect(pods.map(({ said }) => said.includes("2 apps checked: 2 in sync"))).toEqual([false, true]);
      }
      if (system !== "github") return;

      // After the rotation, with what the jobs before have left in the secrets.
      repository.edit("scopes: [api]", "scopes: [api, openid]");
      expectGood(await repository.run("merge"), merge, kind);
      const receipt = readFileSync(join(repository.artifacts, "receipts/cpq-admin-api.json"), "utf8");
      expect(JSON.parse(receipt).to.orgId).toBe(production.org.id);
      repository.edit("timeout: 30m", "timeout: 5m");
      const ended = (await repository.run("night")).map(({ job, status }) => [job, status]);
      // Only the joined report fails.
      expect(ended).toEqual(night.map((job) => [job, job === "drift-report" ? 3 : 0]));
    },
  );

  test("github: key and secret that a person put into its secrets go to both orgs, and are verified there", async () => {
    emptyOrgs();
    const kind = "ConnectedApp";
    const repository = await repositoryOf("github", kind, "--store", "variables");
    for (const [environment, word] of [
      ["UAT", "Uat"],
      ["PRODUCTION", "Production"],
    ])
      for (const part of ["KEY", "SECRET"])
        repository.more[`CPQ_ADMIN_API_${environment}_CONSUMER_${part}`] = `${word}${part}OfAPerson1`;
    expect(repository.wanted).toEqual(expect.arrayContaining(Object.keys(repository.more)));
    for (const scopes of ["scopes: [api]", "scopes: [api, openid]"]) {
      repository.edit("scopes: [api]", scopes);
      expectGood(await repository.run("merge"), ["deploy", "approve", "promote"], kind);
    }
    expectGood(await repository.run("night"), ["drift", "drift", "drift-report"], kind);
    const pairs = apps(kind).map((app) => [app?.consumerKey, app?.consumerSecret]);
    expect(pairs).toEqual([
      ["UatKEYOfAPerson1", "UatSECRETOfAPerson1"],
      ["ProductionKEYOfAPerson1", "ProductionSECRETOfAPerson1"],
    ]);
  });

  test.for([
    { title: "gets a plan", isFork: false },
    { title: "of a fork is checked, without secrets and a plan", isFork: true },
  ])("github: a pull request $title, and nothing that its specs name is run or read", async ({ isFork }) => {
    emptyOrgs();
    const repository = await repositoryOf("github", "ConnectedApp");
    const ran = join(folderWith({}), "ran");
    repository.edit('"${env:{APP}_{ENVIRONMENT}_CONSUMER_SECRET}"', `"\${command:touch ${ran}}"`);
    repository.edit("run: [gh,", `run: [touch, ${ran}, gh,`);
    const [check] = await repository.run(isFork ? "forkPullRequest" : "pullRequest");
    expect({ status: check?.status, ran: existsSync(ran) }, check?.said).toEqual({ status: 0, ran: false });
    expect(check?.said.includes("gh pr comment")).toBe(!isFork);
    expect(apps("ConnectedApp")).toEqual([undefined, undefined]);
  });
});
