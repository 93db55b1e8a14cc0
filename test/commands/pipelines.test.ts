import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { specText, startTestOrgs } from "./localOrgs.ts";
import { keptBySecretManager, secretManager } from "./secretManager.ts";
import { putSfInto } from "./sfOnPath.ts";

const { home, sandbox } = await startTestOrgs();
const folderOfSf = join(home, "bin");
await putSfInto(folderOfSf);
const root = join(import.meta.dirname, "..", "..");
const template = (file: string) => readFileSync(join(root, "templates", "ci", file), "utf8");

/** A shell step of a pipeline, with the variables that its system would set. */
interface Step {
  script: string;
  env: Record<string, string>;
}

/** What the expressions of GitHub's workflow stand for; secrets and the like are empty. */
function githubValue(expression: string, shard: number): string {
  const values: Record<string, string> = {
    "inputs.specs": "specs",
    "inputs.spec": "specs/cpq-admin-api.yaml",
    "matrix.shard": String(shard),
    "strategy.job-total": "2",
  };
  return values[expression.trim()] ?? "";
}

type GithubJob = { steps?: { run?: string; env?: Record<string, string> }[]; strategy?: unknown };

function githubSteps(): Step[] {
  const workflow = parse(template("github/cpq-apps.yml")) as {
    env: Record<string, string>;
    jobs: Record<string, GithubJob>;
  };
  return Object.values(workflow.jobs).flatMap(({ steps = [], strategy }) =>
    (strategy === undefined ? [1] : [1, 2]).flatMap((shard) =>
      steps.flatMap(({ run, env = {} }) => {
        if (run === undefined) return [];
        const entries = Object.entries({ ...workflow.env, ...env }).map(([name, text]) => [
          name,
          text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => githubValue(expression, shard)),
        ]);
        return [{ script: run, env: { ...Object.fromEntries(entries), GITHUB_STEP_SUMMARY: "summary.md" } }];
      }),
    ),
  );
}

function gitlabSteps(): Step[] {
  const { variables, ...jobs } = parse(template("gitlab/gitlab-ci.yml"), {
    customTags: [{ tag: "!reference", collection: "seq", resolve: () => "" }],
  }) as Record<string, { script?: string[]; parallel?: number }> & { variables: Record<string, string> };
  return Object.values(jobs).flatMap(({ script, parallel }) =>
    (script === undefined ? [] : parallel === undefined ? [1] : [1, 2]).map((index) => ({
      script: script?.join("\n") ?? "",
      env: { ...variables, CI_NODE_INDEX: String(index), CI_NODE_TOTAL: "2" },
    })),
  );
}

function azureSteps(): Step[] {
  const variables = { SPECS: "specs", SPEC: "specs/cpq-admin-api.yaml" };
  const found: Step[] = [];
  const visit = (node: unknown, shards: readonly number[]): void => {
    if (typeof node !== "object" || node === null) return;
    const { bash, strategy } = node as { bash?: string; strategy?: { parallel?: string } };
    const positions = strategy?.parallel === undefined ? shards : [1, 2];
    for (const position of bash === undefined ? [] : positions) {
      const own = { SYSTEM_JOBPOSITIONINPHASE: String(position), SYSTEM_TOTALJOBSINPHASE: "2" };
      found.push({ script: bash ?? "", env: { ...variables, ...own } });
    }
    for (const child of Object.values(node)) visit(child, positions);
  };
  visit(parse(template("azure/azure-pipelines.yml")), [1]);
  return found;
}

function jenkinsSteps(): Step[] {
  const scripts = template("jenkins/Jenkinsfile").matchAll(/\bsh (?:'''([\s\S]*?)'''|'([^'\n]*)')/g);
  const env = { SPECS: "specs", SPEC: "specs/cpq-admin-api.yaml" };
  return [...scripts].map(([, long, short]) => ({ script: long ?? short ?? "", env }));
}

const pipelines = [
  { system: "GitHub Actions", appName: "Github_App", steps: githubSteps() },
  { system: "GitLab CI", appName: "Gitlab_App", steps: gitlabSteps() },
  { system: "Azure Pipelines", appName: "Azure_App", steps: azureSteps() },
  { system: "Jenkins", appName: "Jenkins_App", steps: jenkinsSteps() },
];

/** A repository with one spec. */
function repository(appName: string): string {
  const folder = join(home, appName);
  mkdirSync(join(folder, "specs"), { recursive: true });
  const environments = `environments:
  uat: {targetOrg: local-sandbox, orgType: sandbox}
  production:
    targetOrg: local-production
    orgType: production
    oauth:
      callbackUrl: https://example.com/production
      clientCredentials: {runAs: cpq.integration@example.com}
`;
  const spec = `${specText(appName)}consumer:\n${keptBySecretManager}${environments}`;
  writeFileSync(join(folder, "specs", "cpq-admin-api.yaml"), spec);
  return folder;
}

/** @param path the programs that the step finds besides `sf` */
function bash(folder: string, { script, env }: Step, path: string, ...flags: string[]) {
  const surroundings = { CI: "true", NODE_ENV: "production", NO_COLOR: "1", PATH: `${folderOfSf}:${path}` };
  const options = { cwd: folder, env: { ...process.env, ...env, ...surroundings } };
  return new Promise<{ status: number; output: string }>((resolve) => {
    execFile("bash", ["-e", ...flags, "-c", script], options, (error, stdout, stderr) =>
      resolve({ status: error === null ? 0 : Number(error.code), output: stdout + stderr }),
    );
  });
}

const isOurs = ({ script }: Step) => script.includes("sf cpq");

describe.skipIf(process.platform === "win32").each(pipelines)("$system", ({ appName, steps }) => {
  test("every shell step is well-formed", async () => {
    expect(steps.filter(isOurs).length).toBeGreaterThan(3);
    for (const step of steps)
      expect(await bash(home, step, process.env.PATH ?? "", "-n"), step.script).toEqual({
        status: 0,
        output: "",
      });
  });

  test("its steps run from the check to the report, and drift fails the report", async () => {
    const folder = repository(appName);
    const { path } = secretManager();
    // The plan of a pull request comes before the first deploy.
    for (const step of steps.filter(isOurs)) {
      const { status, output } = await bash(folder, step, path);
      expect(status, `${step.script}\n${output}`).toBe(0);
    }
    expect(existsSync(join(folder, "receipts", "production.json"))).toBe(true);
    expect(readFileSync(join(folder, "drift.html"), "utf8")).toContain(appName);

    const app = sandbox.org.connectedApps.get(appName);
    if (app !== undefined) app.consumerKey = "AnotherKey12345678";
    const label = app?.content.children.find(({ name }) => name === "label");
    if (label !== undefined) label.text = "Tampered";
    const drift = steps.filter(({ script }) => script.includes("connectedapp drift"));
    const ends: number[] = [];
    for (const step of drift) ends.push((await bash(folder, step, path)).status);
    // Where the orgs are shared among jobs, only the joined report fails.
    expect(ends).toEqual([...drift.slice(1).map(() => 0), 3]);
  });
});

describe("what pipelines are made of is what their systems take", () => {
  const validator = (file: string) => {
    const ajv = new Ajv({ strict: false, allErrors: true, logger: false, unicodeRegExp: false });
    addFormats.default(ajv);
    return ajv.compile(JSON.parse(readFileSync(join(root, "test", "schemas", file), "utf8")));
  };
  test.each([
    { file: "github/cpq-apps.yml", schema: "github-workflow.json" },
    { file: "github/cpq-apps-caller.yml", schema: "github-workflow.json" },
    { file: "../../.github/workflows/check.yml", schema: "github-workflow.json" },
    { file: "../../.github/workflows/publish.yml", schema: "github-workflow.json" },
    { file: "gitlab/gitlab-ci.yml", schema: "gitlab-ci.json" },
    { file: "azure/azure-pipelines.yml", schema: "azure-pipelines.json" },
  ])("$file", ({ file, schema }) => {
    const validate = validator(schema);
    const content = parse(template(file), {
      customTags: [{ tag: "!reference", collection: "seq", resolve: (seq: { toJSON(): unknown }) => seq }],
    });
    validate(JSON.parse(JSON.stringify(content)));
    expect(validate.errors ?? []).toEqual([]);
  });

  test("a workflow that is wrong is refused", () => {
    const validate = validator("github-workflow.json");
    expect(validate({ on: "push", jobs: { one: { steps: [{ run: 5 }] } } })).toBe(false);
  });
});

test("the Jenkinsfile's braces, brackets and quotes are balanced", () => {
  const text = template("jenkins/Jenkinsfile")
    .replace(/\/\/.*$/gm, "")
    .replace(/'''[\s\S]*?'''|'[^'\n]*'|"[^"\n]*"/g, "");
  const count = (character: string) => text.split(character).length;
  expect([count("{"), count("("), count("'")]).toEqual([count("}"), count(")"), 1]);
});
