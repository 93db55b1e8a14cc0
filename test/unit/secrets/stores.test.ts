import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { describe, expect, onTestFinished, test } from "vitest";
import type { StorePlace } from "../../../src/app/consumer.ts";
import { linesForPipeline } from "../../../src/runs/appInOrg/linesForPipeline.ts";
import { openStore } from "../../../src/secrets/openStore.ts";
import { loadSpec } from "../../../src/spec/load.ts";
import { parseSpecFile } from "../../../src/spec/specDocument.ts";
import { type ProgramAnswer, type ProgramCall, standInPrograms } from "../../standInPrograms.ts";

const pair = { key: "KeyOfTheApp1", secret: "SecretOfTheApp1" };
const json = '{"key":"KeyOfTheApp1","secret":"SecretOfTheApp1"}';
const owner = {
  orgId: "00D000000000001AAA",
  kind: "ConnectedApp",
  appName: "CPQ_Admin_API",
  instanceUrl: "https://acme--uat.sandbox.my.salesforce.com",
  username: "admin@example.com.uat",
  environment: "uat",
};
const url = "https://acme--uat.sandbox.my.salesforce.com/cpq/ConnectedApp/CPQ_Admin_API";
const recipes = join(import.meta.dirname, "..", "..", "..", "templates", "stores");

/** Programs on the path of this test alone. */
function programs(...names: string[]) {
  const standIns = standInPrograms(...names);
  const { PATH } = process.env;
  process.env.PATH = standIns.path;
  onTestFinished(() => {
    process.env.PATH = PATH;
  });
  return standIns;
}

function placeIn(consumer: string): StorePlace {
  const head = "apiVersion: cpq/v1\nkind: ExternalClientApp\nname: CPQ_Admin_API\nenvironments: {uat: }\n";
  const [document] = parseSpecFile(head + consumer, "spec.yaml").documents;
  if (document === undefined) throw new Error("There is no spec.");
  const result = loadSpec(document, {}, { environment: "uat" });
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  const { store } = result.loaded.app.consumer;
  if (store === undefined) throw new Error("The spec names no store.");
  return store;
}

interface Recipe {
  file: string;
  program: string;
  answers?: ProgramAnswer[];
  /** Each call as a line, and what it got. */
  write: [call: string, stdin: string][];
  read?: string[];
  erase: string[];
  /** The call that tells since when the store has the pair, if the program can. */
  since?: string;
}

const table: Recipe[] = [
  {
    file: "github.yaml",
    program: "gh",
    write: [
      ["gh secret set CPQ_ADMIN_API_UAT_CONSUMER_KEY --env cpq-apps", pair.key],
      ["gh secret set CPQ_ADMIN_API_UAT_CONSUMER_SECRET --env cpq-apps", pair.secret],
    ],
    erase: [
      "gh secret delete CPQ_ADMIN_API_UAT_CONSUMER_KEY --env cpq-apps",
      "gh secret delete CPQ_ADMIN_API_UAT_CONSUMER_SECRET --env cpq-apps",
    ],
    answers: [{ to: ["list"], stdout: "2026-11-01T08:00:00Z\n" }],
    since:
      'gh secret list --env cpq-apps --json name,updatedAt --jq .[] | select(.name == "CPQ_ADMIN_API_UAT_CONSUMER_SECRET") | .updatedAt',
  },
  {
    file: "gitlab.yaml",
    program: "glab",
    answers: [
      // A former run was stopped between the two.
      {
        to: ["update", "CPQ_ADMIN_API_UAT_CONSUMER_SECRET"],
        exitCode: 1,
        stderr: "404 Variable Not Found",
      },
      { to: ["set", "CPQ_ADMIN_API_UAT_CONSUMER_KEY"], exitCode: 1, stderr: "has already been taken" },
    ],
    write: [
      ["glab variable update CPQ_ADMIN_API_UAT_CONSUMER_KEY --protected", pair.key],
      ["glab variable update CPQ_ADMIN_API_UAT_CONSUMER_SECRET --protected --masked", pair.secret],
      ["glab variable set CPQ_ADMIN_API_UAT_CONSUMER_SECRET --protected --masked", pair.secret],
    ],
    erase: [
      "glab variable delete CPQ_ADMIN_API_UAT_CONSUMER_KEY",
      "glab variable delete CPQ_ADMIN_API_UAT_CONSUMER_SECRET",
    ],
  },
  {
    file: "vault.yaml",
    program: "vault",
    answers: [
      { to: ["read"], stdout: "2026-11-01T08:00:00.000000123Z" },
      { to: ["-field=key"], stdout: `${pair.key}\n` },
      { to: ["-field=secret"], stdout: pair.secret },
    ],
    write: [["vault kv put -mount=secret cpq/uat/CPQ_Admin_API -", json]],
    read: [
      "vault kv get -mount=secret -field=key cpq/uat/CPQ_Admin_API",
      "vault kv get -mount=secret -field=secret cpq/uat/CPQ_Admin_API",
    ],
    erase: ["vault kv metadata delete -mount=secret cpq/uat/CPQ_Admin_API"],
    since: "vault read -field=updated_time secret/metadata/cpq/uat/CPQ_Admin_API",
  },
  {
    file: "aws.yaml",
    program: "aws",
    answers: [
      { to: ["put-secret-value"], exitCode: 254, stderr: "ResourceNotFoundException" },
      { to: ["CreatedDate"], stdout: "2026-11-01T09:00:00+01:00\n" },
      { to: ["get-secret-value"], stdout: `${json}\n` },
    ],
    write: [
      [
        "aws secretsmanager put-secret-value --secret-id cpq/uat/CPQ_Admin_API --secret-string file:///dev/stdin",
        json,
      ],
      [
        "aws secretsmanager create-secret --name cpq/uat/CPQ_Admin_API --secret-string file:///dev/stdin",
        json,
      ],
    ],
    read: [
      "aws secretsmanager get-secret-value --secret-id cpq/uat/CPQ_Admin_API --query SecretString --output text",
    ],
    erase: ["aws secretsmanager delete-secret --secret-id cpq/uat/CPQ_Admin_API --recovery-window-in-days 7"],
    since:
      "aws secretsmanager get-secret-value --secret-id cpq/uat/CPQ_Admin_API --query CreatedDate --output text",
  },
  {
    file: "azure.yaml",
    program: "az",
    answers: [
      { to: ["attributes.created"], stdout: "2026-11-01T08:00:00+00:00\n" },
      { to: ["show"], stdout: `${json}\n` },
    ],
    write: [
      [
        "az keyvault secret set --vault-name cpq-apps --name cpq-admin-api-uat --file /dev/stdin --encoding utf-8 --output none",
        json,
      ],
    ],
    read: [
      "az keyvault secret show --vault-name cpq-apps --name cpq-admin-api-uat --query value --output tsv",
    ],
    erase: ["az keyvault secret delete --vault-name cpq-apps --name cpq-admin-api-uat --output none"],
    since:
      "az keyvault secret show --vault-name cpq-apps --name cpq-admin-api-uat --query attributes.created --output tsv",
  },
  {
    file: "gcloud.yaml",
    program: "gcloud",
    answers: [
      { to: ["add"], exitCode: 1, stderr: "NOT_FOUND" },
      { to: ["access"], stdout: json },
      { to: ["describe"], stdout: "2026-11-01T08:00:00Z" },
    ],
    write: [
      ["gcloud secrets versions add cpq-uat-CPQ_Admin_API --data-file=-", json],
      ["gcloud secrets create cpq-uat-CPQ_Admin_API --data-file=-", json],
    ],
    read: ["gcloud secrets versions access latest --secret=cpq-uat-CPQ_Admin_API"],
    erase: ["gcloud secrets delete cpq-uat-CPQ_Admin_API --quiet"],
    since:
      "gcloud secrets versions describe latest --secret=cpq-uat-CPQ_Admin_API --format=value(createTime)",
  },
  {
    file: "1password.yaml",
    program: "op",
    answers: [
      { to: ["edit"], exitCode: 1, stderr: "isn't an item" },
      { to: ["get"], stdout: json },
    ],
    write: [
      ["op document edit cpq uat CPQ_Admin_API - --vault CPQ", json],
      ["op document create - --title cpq uat CPQ_Admin_API --file-name pair.json --vault CPQ", json],
    ],
    read: ["op document get cpq uat CPQ_Admin_API --vault CPQ"],
    erase: ["op document delete cpq uat CPQ_Admin_API --vault CPQ"],
  },
  {
    file: "pass.yaml",
    program: "pass",
    answers: [{ to: ["show"], stdout: `${json}\n` }],
    write: [["pass insert --multiline --force cpq/uat/CPQ_Admin_API", json]],
    read: ["pass show cpq/uat/CPQ_Admin_API"],
    erase: ["pass rm --force cpq/uat/CPQ_Admin_API"],
  },
  {
    file: "helper.yaml",
    program: "docker-credential-pass",
    answers: [
      { to: ["get"], stdout: `{"ServerURL":"${url}","Username":"${pair.key}","Secret":"${pair.secret}"}` },
    ],
    write: [
      [
        "docker-credential-pass store",
        JSON.stringify({ ServerURL: url, Username: pair.key, Secret: pair.secret }),
      ],
    ],
    read: ["docker-credential-pass get"],
    erase: ["docker-credential-pass erase"],
  },
];

const lineOf = ({ program, args }: ProgramCall) => [program, ...args].join(" ");

describe.skipIf(process.platform === "win32")("recipes for stores", () => {
  test("each has a line in this table", () => {
    // With variables alone, there is no store.
    const files = readdirSync(recipes).filter((file) => file !== "variables.yaml");
    expect(table.map(({ file }) => file).sort()).toEqual(files.sort());
  });

  test.for(table)(
    "$file: what each program gets",
    async ({ file, program, answers = [], write, read, erase, since }) => {
      const standIns = programs(program);
      standIns.answer(...answers);
      const store = openStore(placeIn(readFileSync(join(recipes, file), "utf8")));
      const callsOf = async (work: Promise<unknown>) => {
        const before = standIns.calls().length;
        await work;
        return standIns.calls().slice(before);
      };

      const writes = await callsOf(store.write(owner, pair));
      expect(writes.map((call) => [lineOf(call), call.stdin])).toEqual(write);
      expect(store.readable).toBe(read !== undefined);
      const reads = await callsOf(expect(store.read(owner)).resolves.toEqual(read && pair));
      expect(reads.map(lineOf)).toEqual(read ?? []);
      expect(store.since === undefined).toBe(since === undefined);
      if (store.since !== undefined) {
        const asked = await callsOf(expect(store.since(owner)).resolves.toBe("2026-11-01T08:00:00.000Z"));
        expect(asked.map(lineOf)).toEqual([since]);
      }
      expect((await callsOf(store.erase(owner))).map(lineOf)).toEqual(erase);
      expect(standIns.calls().filter(({ args }) => args.join(" ").includes(pair.secret))).toEqual([]);
    },
  );
});

function partsOf(place: StorePlace): unknown {
  if (typeof place === "string" || "helper" in place) return place;
  const { store, read } = place.commands;
  return { store, read };
}

test("the stores that the guide shows are those of the recipes", () => {
  const guide = readFileSync(join(recipes, "..", "..", "docs", "guides", "secrets.md"), "utf8");
  const blocks = [...guide.matchAll(/^```yaml\n(consumer:[\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
    block.includes("store:") ? [block] : [],
  );
  const known = table.map(({ file }) => placeIn(readFileSync(join(recipes, file), "utf8")));
  expect(blocks.length).toBeGreaterThan(2);
  for (const block of blocks) {
    // The guide leaves out what a reader may add, such as `erase`.
    const alike = known.filter((recipe) => isDeepStrictEqual(partsOf(recipe), partsOf(placeIn(block))));
    expect(alike, block).toHaveLength(1);
  }
});

const lines = [
  { system: { GITHUB_ACTIONS: "true" }, program: "gh", words: "gh secret set" },
  { system: { GITLAB_CI: "true" }, program: "glab", words: "glab variable set" },
];
test.skipIf(process.platform === "win32").for(lines)(
  "the lines that a job of $program is told to add keep the pair of its environment",
  async ({ system, program, words }) => {
    const standIns = programs(program);
    await openStore(placeIn(`${linesForPipeline(system, true)}\n`)).write(owner, pair);
    expect(standIns.calls().map((call) => [lineOf(call), call.stdin])).toEqual([
      [`${words} CPQ_ADMIN_API_UAT_CONSUMER_KEY`, pair.key],
      [`${words} CPQ_ADMIN_API_UAT_CONSUMER_SECRET`, pair.secret],
    ]);
  },
);

const helper: StorePlace = { helper: "test" };
const commands = (...run: string[]): StorePlace => ({
  commands: { store: [{ run, passes: "pair" }], read: [{ run, passes: "pair" }] },
});

describe.skipIf(process.platform === "win32")("programs that fail", () => {
  const failures: {
    title: string;
    place: StorePlace;
    verb: "read" | "write";
    answer: ProgramAnswer;
    name: string;
    says: RegExp;
  }[] = [
    {
      title: "a helper that refuses repeats what it got, and the error hides it",
      place: helper,
      verb: "write",
      answer: { to: ["store"], exitCode: 7, stderr: "cannot store STDIN: locked" },
      name: "ToolFailedError",
      says: /docker-credential-test store.*exit code 7.*\[hidden\].*locked/s,
    },
    {
      title: "a command that refuses",
      place: commands("keeper", "put", "{app}"),
      verb: "write",
      answer: { to: ["put"], exitCode: 2, stdout: "no such path: STDIN" },
      name: "ToolFailedError",
      says: /keeper put.*exit code 2.*no such path.*\[hidden\]/s,
    },
    {
      title: "a session Id of an org in a tool's words",
      place: helper,
      verb: "read",
      answer: { to: ["get"], exitCode: 1, stderr: "refused 00D000000000001!AQ4AQFakeSessionIdFakeSessionId" },
      name: "ToolFailedError",
      says: /refused \[hidden\]/,
    },
    {
      title: "a helper that answers no JSON",
      place: helper,
      verb: "read",
      answer: { to: ["get"], stdout: `{"Secret": ${pair.secret}` },
      name: "ToolAnswerOddError",
      says: /docker-credential-test get/,
    },
    {
      title: "a command that gives half a pair",
      place: commands("keeper", "get"),
      verb: "read",
      answer: { to: ["get"], stdout: `{"secret":"${pair.secret}"}` },
      name: "ToolAnswerOddError",
      says: /keeper get.*"key"/s,
    },
    {
      title: "a program that does not stop talking",
      place: commands("keeper", "get"),
      verb: "read",
      answer: { to: ["get"], stdout: "x".repeat(70_000) },
      name: "ToolTooLoudError",
      says: /keeper.*64 kilobytes/s,
    },
  ];
  test.for(failures)("$title", async ({ place, verb, answer, name, says }) => {
    programs("docker-credential-test", "keeper").answer(answer);
    const store = openStore(place);
    const error: Error = await (verb === "read" ? store.read(owner) : store.write(owner, pair)).then(
      () => new Error("It succeeded."),
      (thrown) => thrown,
    );
    expect(error.name).toBe(name);
    expect(error.message).toMatch(says);
    expect(error.message).not.toContain(pair.secret);
  });

  test("a helper that has no such credential has none", async () => {
    programs("docker-credential-test").answer({
      to: [],
      exitCode: 1,
      stdout: "credentials not found in native keychain\n",
    });
    expect(await openStore(helper).read(owner)).toBeUndefined();
    expect(await openStore(helper).erase(owner)).toBe(false);
  });

  test("no shell reads the arguments", async () => {
    const standIns = programs("keeper");
    const odd = ["$(touch x)", "`id`", "; exit 1", "a b", "*"];
    await openStore(commands("keeper", ...odd)).write(owner, pair);
    expect(standIns.calls()).toEqual([{ program: "keeper", args: odd, stdin: json }]);
  });
});

const times = [
  {
    title: "seconds since 1970, as some tools print them",
    printed: "1793520000.25\n",
    is: "2026-11-01T08:00:00.250Z",
  },
  { title: "a time in quotation marks", printed: '"2026-11-01T08:00:00Z"', is: "2026-11-01T08:00:00.000Z" },
  { title: "nothing, for what is not there", printed: "\n", is: undefined },
];
test.skipIf(process.platform === "win32").for(times)("since when: $title", async ({ printed, is }) => {
  programs("keeper").answer({ to: ["since"], stdout: printed });
  const place: StorePlace = {
    commands: { store: [{ run: ["keeper", "put"], passes: "pair" }], since: ["keeper", "since", "{app}"] },
  };
  expect(await openStore(place).since?.(owner)).toBe(is);
});

test.skipIf(process.platform === "win32")("what is no time is refused, and not repeated", async () => {
  programs("keeper").answer({ to: ["since"], stdout: pair.secret });
  const place: StorePlace = {
    commands: { store: [{ run: ["keeper", "put"], passes: "pair" }], since: ["keeper", "since"] },
  };
  const error: Error = await (openStore(place).since?.(owner) ?? Promise.resolve()).then(
    () => new Error("It succeeded."),
    (thrown) => thrown,
  );
  expect(error).toMatchObject({ name: "ToolAnswerOddError", message: expect.stringContaining("no time") });
  expect(error.message).not.toContain(pair.secret);
});

test("a program that is not there is named", async () => {
  await expect(openStore({ helper: "none-of-that-name" }).write(owner, pair)).rejects.toMatchObject({
    name: "ToolMissingError",
    message: expect.stringContaining("docker-credential-none-of-that-name"),
  });
});

test("a placeholder without a value stops before anything runs", async () => {
  const store = openStore(commands("keeper", "{environment}"));
  const written = store.write({ ...owner, environment: undefined }, pair);
  await expect(written).rejects.toMatchObject({ name: "PlaceholderEmptyError" });
});

const wrongSpecs = [
  {
    title: "a secret among arguments",
    consumer: 'store: {commands: {store: [gh, "{secret}"]}}',
    id: "placeholder",
  },
  {
    title: "a shell's line instead of a list",
    consumer: "store: {commands: {store: gh secret set A}}",
    id: "wrongType",
  },
  { title: "a path as a helper", consumer: "store: {helper: ../evil}", id: "helperName" },
  { title: "a secret without a key", consumer: "secret: ${env:A}", id: "missing" },
  { title: "nothing at all", consumer: "{}", id: "missing" },
];
test.for(wrongSpecs)("a spec with $title is refused", ({ consumer, id }) => {
  const text = `apiVersion: cpq/v1\nkind: ExternalClientApp\nname: App\nconsumer:\n  ${consumer}\n`;
  const [document] = parseSpecFile(text, "spec.yaml").documents;
  const result = document && loadSpec(document, {});
  expect(result && "problems" in result && result.problems.map((problem) => problem.id)).toEqual([id]);
});
