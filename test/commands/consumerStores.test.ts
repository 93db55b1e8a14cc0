import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { standInPrograms } from "../standInPrograms.ts";
import { folderWith } from "../temporaryFolders.ts";
import { allowCredentialAccess, appInOrg, type KindName, kindNames } from "./appsInOrg.ts";
import { commandLine } from "./commandLine.ts";
import { allPassed, deployArgs, deployToSandbox, outcomes } from "./deployReports.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";

const orgs = await startTestOrgs();
const { sandbox, write, home } = orgs;
allowCredentialAccess(sandbox.org, true);

/** A spec whose pair goes to a program, as GitHub's does: it cannot be read back. */
const spec = (kind: KindName, name: string, consumer = "") => `${specTextOf(kind, name)}consumer:
${consumer}  store: { commands: { store: [keeper, put, "{app}"] } }
`;
const references = `  key: "\${env:THE_KEY}"\n  secret: "\${env:THE_SECRET}"\n`;

/** The same user, with other variables. */
const userWith = (variables: Record<string, string>) => ({ ...orgs, ...commandLine(home, { variables }) });

const keepers = () => {
  const programs = standInPrograms("keeper");
  return { ...programs, pairs: () => programs.calls().map(({ stdin }) => JSON.parse(stdin)) };
};

describe.skipIf(process.platform === "win32").for(kindNames)(
  "%s: a store that can only be written",
  (kind) => {
    const name = `Sink_${kind}`;
    const appOf = () => appInOrg(sandbox.org, kind, name);
    const pairOf = () => ({ key: appOf()?.consumerKey, secret: appOf()?.consumerSecret });
    const madeBefore = kind === "ExternalClientApp";

    test("that refuses: nothing is lost, and the error says how to go on", async () => {
      const { path, answer, pairs } = keepers();
      answer({ to: ["put"], exitCode: 3, stderr: "denied for STDIN" });
      const user = userWith({ PATH: path });
      const file = write(`${kind}.yaml`, spec(kind, name));
      const { status, json } = await deployToSandbox(user, file);
      expect({ status, name: json.name }).toEqual({
        status: 1,
        name: madeBefore ? "SinkFailedError" : "ToolFailedError",
      });
      expect(json.message).toMatch(/keeper put.*exit code 3.*denied for/s);
      expect(JSON.stringify(json)).not.toContain(pairs()[0].secret);
      // A connected app is made only after its pair is safe; an external client app is there, and so is its pair.
      expect(appOf() !== undefined).toBe(madeBefore);
      const stored = existsSync(join(home, ".sf", "cpq-consumers.json"))
        ? readFileSync(join(home, ".sf", "cpq-consumers.json"), "utf8")
        : "";
      expect(stored.includes(`${kind}/${name}`)).toBe(madeBefore);
    });

    test("gets the pair that is in the org, and the next job takes it from its variables", async () => {
      const { path, pairs } = keepers();
      const file = write(`${kind}.yaml`, spec(kind, name, references));
      const first = await deployToSandbox(userWith({ PATH: path, THE_KEY: "", THE_SECRET: "" }), file);
      expect(first.status).toBe(0);
      expect(outcomes(first.report)).toEqual(allPassed);
      expect(pairs()).toEqual([pairOf()]);
      expect(first.report.consumer).toMatchObject({ stored: { place: "keeper put" } });

      const { key, secret } = pairs()[0];
      const next = await deployToSandbox(userWith({ PATH: path, THE_KEY: key, THE_SECRET: secret }), file);
      expect(next.status).toBe(0);
      expect(outcomes(next.report)).toEqual(allPassed);
      expect(pairs()).toHaveLength(1);
      expect(JSON.stringify(next.json)).not.toContain(secret);
    });
  },
);

describe("in a pipeline, whose home does not last", () => {
  const pipeline = userWith({ CI: "true", GITHUB_ACTIONS: "true", CPQ_STORE_FOLDER: "" });

  test("a new connected app stops, with the lines that the spec lacks", async () => {
    const file = write("job.yaml", specTextOf("ConnectedApp", "In_Job"));
    const { status, json } = await deployToSandbox(pipeline, file);
    expect({ status, name: json.name }).toEqual({ status: 1, name: "NotLastingError" });
    expect(appInOrg(sandbox.org, "ConnectedApp", "In_Job")).toBeUndefined();

    const lines = /consumer:\n {2}key: .*\n {2}secret: .*\n {2}store: .*/.exec(json.message ?? "")?.[0] ?? "";
    const programs = standInPrograms("gh");
    const withLines = write("job.yaml", `${specTextOf("ConnectedApp", "In_Job")}${lines}\n`);
    const user = userWith({ CI: "true", CPQ_STORE_FOLDER: "", PATH: programs.path });
    if (process.platform === "win32") return;
    expect((await deployToSandbox(user, withLines)).status).toBe(0);
    expect(programs.calls().map(({ args }) => args.join(" "))).toEqual([
      "secret set CPQ_CONSUMER_KEY",
      "secret set CPQ_CONSUMER_SECRET",
    ]);
  });

  test("--keep-secret-here goes on, and so does an external client app", async () => {
    const connected = write("kept.yaml", specTextOf("ConnectedApp", "Kept_Here"));
    expect((await deployToSandbox(pipeline, connected, "--keep-secret-here")).status).toBe(0);
    const external = write("external.yaml", specTextOf("ExternalClientApp", "Read_Back"));
    expect((await deployToSandbox(pipeline, external)).status).toBe(0);
  });
});

describe("what a reference stands for", () => {
  const pairFrom = (key: string, secret: string) =>
    `${specTextOf("ConnectedApp", "Referring")}consumer: {key: '${key}', secret: '${secret}'}\n`;

  test("is neither read nor run by validate, generate, and a dry run", async () => {
    const file = write("run.yaml", pairFrom("${command:touch ran; echo KeyOfTheApp1}", "${file:none.txt}"));
    const force = ["--output-dir", folderWith({})];
    for (const args of [
      ["cpq", "connectedapp", "validate", "--spec", file],
      ["cpq", "connectedapp", "generate", "--spec", file, ...force],
      deployArgs(file, "--dry-run"),
    ])
      await orgs.sf(...args);
    const dry = await orgs.sf(...deployArgs(file, "--dry-run"));
    expect(dry).toMatchObject({ status: 0 });
    expect(existsSync(join(home, "ran"))).toBe(false);
  });

  test("is shown by no plan, dry run or error", async () => {
    const file = write("shown.yaml", pairFrom("${env:ANY_VARIABLE}", "${env:ANY_VARIABLE}"));
    const value = "ValueOfSomeVariable1";
    const outputs = [await userWith({ ANY_VARIABLE: value }).sf(...deployArgs(file, "--dry-run"))];
    await userWith({ ANY_VARIABLE: "TheFirstValue1" }).sf(...deployArgs(file, "--no-verify"));
    outputs.push(await userWith({ ANY_VARIABLE: value }).sf(...deployArgs(file, "--dry-run")));
    expect(outputs.map(({ status }) => status)).toEqual([0, 1]);
    expect(outputs[1]?.stderr).toContain("${env:ANY_VARIABLE}");
    const drift = ["cpq", "connectedapp", "drift", "--spec", file, "--target-org", "local-sandbox"];
    outputs.push(await userWith({ ANY_VARIABLE: value }).sf(...drift));
    expect(outputs[2]?.status).toBe(3);
    expect(JSON.stringify(outputs)).not.toContain(value);
  });
});

test.skipIf(process.platform === "win32")(
  "a stranger's pull request runs no program of its spec, unless asked for",
  async () => {
    const { path, calls } = keepers();
    const event = {
      pull_request: { head: { repo: { full_name: "mallory/a" } }, base: { repo: { full_name: "acme/a" } } },
    };
    const eventFile = join(folderWith({ "event.json": JSON.stringify(event) }), "event.json");
    const user = userWith({
      PATH: path,
      GITHUB_EVENT_NAME: "pull_request_target",
      GITHUB_EVENT_PATH: eventFile,
    });
    const file = write("stranger.yaml", spec("ConnectedApp", "Strangers"));
    expect(await deployToSandbox(user, file)).toMatchObject({
      status: 1,
      json: { name: "CommandsNotAllowedError" },
    });
    expect(calls()).toEqual([]);
    expect(appInOrg(sandbox.org, "ConnectedApp", "Strangers")).toBeUndefined();
    expect((await deployToSandbox(user, file, "--allow-commands")).status).toBe(0);
    expect(calls()).toHaveLength(1);
  },
);
