import { existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { text as readText } from "node:stream/consumers";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { DriftReport } from "../../src/results/drift.ts";
import type { KindName } from "./appsInOrg.ts";
import { specText, specTextOf, startTestOrgs } from "./localOrgs.ts";
import { setElement } from "./tampering.ts";

const names = ["sandbox", "production", "third", "fourth", "fifth"];
const { home, sandbox, production, orgs, sf, sfJson, write } = await startTestOrgs({
  orgs: names.map((name) => ({ name, isSandbox: true })),
});
const environments = names.map((name) => `  ${name}: { targetOrg: local-${name} }\n`).join("");
const apps = ["One", "Two", "Three"];
const files = apps.map((name) => write(`${name}.yaml`, `${specText(name)}environments:\n${environments}`));
const all = [...files.flatMap((file) => ["--spec", file]), "--all-environments"];
const drift = (...args: string[]) => sf("cpq", "connectedapp", "drift", ...args);
const driftJson = async (...args: string[]) => {
  const { status, json } = await sfJson("cpq", "connectedapp", "drift", ...args);
  return { status, json, report: json.result as DriftReport };
};

beforeAll(async () => {
  for (const environment of names) {
    const specs = files.flatMap((file) => ["--spec", file]);
    const args = [...specs, "--environment", environment, "--no-verify"];
    const { status, stderr } = await sf("cpq", "connectedapp", "deploy", ...args);
    if (status !== 0) throw new Error(stderr);
  }
});

/** An org that answers some calls as `odd` does, and all others as the sandbox. */
async function oddOrg(
  alias: string,
  isOdd: (path: string, body: string) => boolean,
  odd: RequestListener,
  onConnection = () => {},
) {
  const server = createServer(async (request, response) => {
    const body = await readText(request);
    const path = decodeURIComponent((request.url ?? "").replaceAll("+", " "));
    if (isOdd(path, body)) return odd(request, response);
    const { host: _, "content-length": __, connection: ___, ...headers } = request.headers;
    const answer = await fetch(`${sandbox.org.myDomainUrl}${request.url}`, {
      method: request.method ?? "GET",
      headers: headers as Record<string, string>,
      ...(body === "" ? {} : { body }),
    });
    response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
    response.end(Buffer.from(await answer.arrayBuffer()));
  });
  server.on("connection", onConnection);
  // A slow machine is no reason for a second connection.
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  await authorize(alias, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
}

async function authorize(alias: string, instanceUrl: string): Promise<void> {
  const { AuthInfo } = await import("@salesforce/core");
  const username = `${alias}@example.com`;
  const { accessToken, org } = sandbox;
  const known = { username, orgId: org.id, isDevHub: false, namespacePrefix: null };
  const authInfo = await AuthInfo.create({
    username,
    accessTokenOptions: { accessToken, instanceUrl, ...known },
  } as Parameters<typeof AuthInfo.create>[0]);
  await authInfo.save();
  await authInfo.setAlias(alias);
}

/** A spec of the first app for the odd org and for one that is well. */
const oddSpec = (alias: string) =>
  write(
    `${alias}.yaml`,
    `${specText("One")}environments:\n  odd: { targetOrg: ${alias} }\n  well: { targetOrg: local-production }\n`,
  );

describe("an org that cannot be checked is in the report, the others are checked, and the exit code is 1:", () => {
  const page: RequestListener = (_request, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end("<html><body>Maintenance</body></html>");
  };
  const broken: RequestListener = (_request, response) => {
    response.writeHead(500, { "content-type": "text/plain" }).end("upstream is down");
  };
  const cut: RequestListener = (_request, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" }).write('{"rec');
    response.destroy();
  };
  const refused: RequestListener = (_request, response) => {
    const result = { statusCode: 500, result: [{ errorCode: "UNKNOWN_EXCEPTION", message: "It is down." }] };
    response
      .writeHead(200, { "content-type": "application/json" })
      .end(JSON.stringify({ hasErrors: true, results: Array(5).fill(result) }));
  };
  const isBatch = (path: string) => path.includes("/composite/batch");
  const isOperation = (name: string) => (_: string, body: string) => body.includes(`${name}>`);
  type OddCall = { call: string; kind?: KindName; isOdd: (path: string, body: string) => boolean };
  const calls: OddCall[] = [
    { call: "readMetadata", isOdd: isOperation("readMetadata") },
    { call: "retrieve", kind: "ExternalClientApp", isOdd: isOperation("retrieve") },
    { call: "checkRetrieveStatus", kind: "ExternalClientApp", isOdd: isOperation("checkRetrieveStatus") },
    { call: "composite/batch", isOdd: isBatch },
    { call: "ConnectedApplication", isOdd: (path) => path.includes("FROM ConnectedApplication") },
  ];
  const answers: { what: string; odd: RequestListener }[] = [
    { what: "a page", odd: page },
    { what: "HTTP 500", odd: broken },
    { what: "half an answer", odd: cut },
  ];
  const table = [
    ...calls.flatMap((call) => answers.map((answer) => ({ ...call, ...answer }))),
    { call: "each query of a batch", isOdd: isBatch, what: "HTTP 500", odd: refused },
  ].map((cell) => ({ ...cell, alias: `${cell.call}-${cell.what}`.replace(/\W+/g, "-").toLowerCase() }));
  let checked: Awaited<ReturnType<typeof driftJson>>;

  // All at once, as a fleet is: some of the answers are asked for again and again, which takes its time.
  beforeAll(async () => {
    for (const { alias, isOdd, odd } of table) await oddOrg(alias, isOdd, odd);
    const specOf = (kind: KindName, name: string, well: string) => {
      const odd = table.filter((cell) => (cell.kind ?? "ConnectedApp") === kind);
      const lines = odd.map(({ alias }) => `  ${alias}: { targetOrg: ${alias} }\n`).join("");
      return write(`odd-${kind}.yaml`, `${specTextOf(kind, name)}environments:\n${well}${lines}`);
    };
    const client = specOf("ExternalClientApp", "Client", "");
    await sf(
      "cpq",
      "connectedapp",
      "deploy",
      "--spec",
      client,
      "--target-org",
      "local-sandbox",
      "--no-verify",
    );
    const app = specOf("ConnectedApp", "One", "  well: { targetOrg: local-third }\n");
    checked = await driftJson("--spec", app, "--spec", client, "--all-environments");
    expect(checked.json.message).toBeUndefined();
  });

  test.each(table)("$what for $call", ({ alias }) => {
    const stateOf = (environment: string) =>
      checked.report.apps.find((app) => app.environment === environment);
    expect(stateOf("well")).toMatchObject({ state: "inSync" });
    expect(stateOf(alias)).toMatchObject({ state: "unchecked", failure: { message: expect.any(String) } });
    expect(stateOf(alias)?.failure?.message).toContain(alias);
    expect(checked.status).toBe(1);
  });

  test("nobody listens", async () => {
    await authorize("closed", "http://127.0.0.1:9");
    const { status, report } = await driftJson("--spec", oddSpec("closed"), "--all-environments");
    expect(report.apps.map(({ state }) => state).sort()).toEqual(["inSync", "unchecked"]);
    expect(status).toBe(1);
  });

  test("the CLI does not know it", async () => {
    const { status, report } = await driftJson("--spec", oddSpec("nowhere"), "--all-environments");
    const unchecked = report.apps.find(({ state }) => state === "unchecked");
    expect(unchecked?.failure).toMatchObject({ message: expect.stringContaining("nowhere") });
    expect(report.apps.find(({ state }) => state === "inSync")).toBeDefined();
    expect(status).toBe(1);
  });

  test("who checks may not see who is frozen, and the permission is named", async () => {
    const administrator = sandbox.org.profiles.find(({ name }) => name === "System Administrator");
    if (administrator === undefined) throw new Error("There is no such profile.");
    const { permissions } = administrator;
    administrator.permissions = permissions.filter((permission) => permission !== "ManageUsers");
    try {
      const { status, report } = await driftJson("--spec", "One.yaml", "--environment", "sandbox");
      expect(report.apps[0]?.failure?.actions.join(" ")).toContain("Manage Users");
      expect(report.apps[0]?.state).toBe("unchecked");
      expect(status).toBe(1);
    } finally {
      administrator.permissions = permissions;
    }
  });
});

test("a connected app that Setup does not list is not installed", async () => {
  const none: RequestListener = (_request, response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end('{"size":0,"totalSize":0,"done":true,"records":[]}');
  };
  await oddOrg("uninstalled", (path) => path.includes("FROM ConnectedApplication"), none);
  const { status, report } = await driftJson("--spec", oddSpec("uninstalled"), "--environment", "odd");
  expect(report.apps[0]?.drifts).toMatchObject([
    {
      kind: "appBlocked",
      path: "name",
      place: { line: 3 },
      severity: "function",
      detail: expect.stringMatching(/not installed/),
    },
  ]);
  expect(status).toBe(3);
});

test("the number of requests does not grow with that of the apps", async () => {
  let requests = 0;
  const count = (_: string, body: string) => {
    // How often an org is asked whether it is done depends on how fast it is.
    if (!body.includes("checkRetrieveStatus")) requests += 1;
    return false;
  };
  await oddOrg("counted", count, () => {});
  const requestsOf = async (...specs: string[]) => {
    requests = 0;
    const args = [...specs.flatMap((file) => ["--spec", file]), "--environment", "sandbox"];
    expect(await drift(...args, "--target-org", "counted")).toMatchObject({ status: 0 });
    return requests;
  };
  // Once, the CLI asks an org for its API version.
  await requestsOf("One.yaml");
  const one = await requestsOf("One.yaml");
  expect(await requestsOf(...files)).toBe(one);
  expect(one).toBeLessThan(10);
});

test("as many orgs as calls at once are asked on one connection each, and fewer orgs on several", async () => {
  const aliases = ["connected-1", "connected-2", "connected-3"];
  let connections = 0;
  const count = () => {
    connections += 1;
  };
  for (const alias of aliases)
    await oddOrg(
      alias,
      () => false,
      () => {},
      count,
    );
  const lines = aliases.map((alias) => `  ${alias}: { targetOrg: ${alias} }\n`).join("");
  const file = write("connected.yaml", `${specText("One")}environments:\n${lines}`);
  const args = ["--spec", file, "--all-environments", "--concurrency"];
  // The CLI has asked each org something as it was made known to it.
  connections = 0;
  expect(await drift(...args, "3")).toMatchObject({ status: 0 });
  expect(connections).toBe(3);
  expect(await drift(...args, "12")).toMatchObject({ status: 0 });
  expect(connections).toBeGreaterThan(3);
});

describe("--max-calls", () => {
  const counts = () => orgs.map(({ requestCount }) => requestCount());

  test("ends a check before there are more, and the report says what was not checked", async () => {
    const before = counts();
    const { status, report } = await driftJson(...all, "--max-calls", "20");
    expect(status).toBe(1);
    const asked = counts().map((count, index) => count - (before[index] ?? 0));
    const notBegun = report.calls?.filter(({ calls }) => calls === 0).map(({ org }) => org) ?? [];
    expect(notBegun).toHaveLength(3);
    expect(report.calls?.reduce((sum, { calls }) => sum + calls, 0)).toBeLessThanOrEqual(20);
    for (const [index, name] of names.entries())
      expect((asked[index] ?? 0) === 0, name).toBe(notBegun.includes(`local-${name}`));
    for (const { org, state, failure } of report.apps) {
      expect(state === "unchecked").toBe(notBegun.includes(org.name));
      if (state === "unchecked") expect(failure?.message).toMatch(/--max-calls is reached.*at most 20/);
    }
  });

  test("lets everything be checked if it is enough", async () => {
    const { report } = await driftJson(...all, "--max-calls", "50");
    expect(report.apps.filter(({ state }) => state === "unchecked")).toEqual([]);
    expect(report.calls?.map(({ calls }) => calls > 4 && calls <= 10)).toEqual(Array(5).fill(true));
  });
});

describe("shards", () => {
  /** How often an org is asked whether it is done depends on how fast it is. */
  const withoutTime = ({ checkedAt: _, calls = [], ...report }: DriftReport) => ({
    ...report,
    called: calls.map(({ org }) => org),
  });
  const parsed = (file: string): DriftReport => JSON.parse(readFileSync(join(home, file), "utf8"));
  const merge = (...args: string[]) => sfJson("cpq", "connectedapp", "drift", "merge", ...args);
  const parts = ["part-1.json", "part-2.json", "part-3.json"];

  beforeAll(async () => {
    setElement(production.org, "Two", ["ConnectedApp", "oauthConfig", "scopes"], ["Full"]);
    for (const [index, file] of parts.entries()) {
      const { stdout } = await drift(
        ...all,
        "--shard",
        `${index + 1}/3`,
        "--format",
        "json",
        "--output",
        file,
      );
      expect(stdout).toBe(`Wrote the report to ${file}\n`);
    }
  });

  test("merged are what one run reports, in whatever order their files come", async () => {
    const whole = await driftJson(...all);
    expect(whole.status).toBe(3);
    expect(whole.report.apps).toHaveLength(15);
    for (const order of [parts, [...parts].reverse()]) {
      const { status, json } = await merge(...order);
      expect(status).toBe(3);
      expect(withoutTime(json.result as DriftReport)).toEqual(withoutTime(whole.report));
    }
  });

  test("take each org once", () => {
    const orgs = parts.map((file) => [...new Set(parsed(file).apps.map(({ org }) => org.name))]);
    expect(orgs.flat().sort()).toEqual(names.map((name) => `local-${name}`).sort());
    expect(orgs.every((ofPart) => ofPart.length > 0)).toBe(true);
  });

  test("of which one is missing are reported, with exit code 1", async () => {
    const { status, json } = await merge("part-1.json", "part-3.json");
    expect(status).toBe(1);
    expect(json.warnings.join(" ")).toMatch(/No file holds these parts: 2\b/);
  });

  test.each<{ what: string; given: string[]; name: string }>([
    { what: "the same twice", given: ["part-1.json", "part-1.json"], name: "AppTwiceError" },
    { what: "a file that is no JSON", given: ["part-1.json", "One.yaml"], name: "NotAReportError" },
    { what: "a file that is not there", given: ["missing.json"], name: "NotAReportError" },
    { what: "JSON that is no report", given: [write("other.json", '{"apps": {}}')], name: "NotAReportError" },
  ])("$what: an error", async ({ given, name }) => {
    const { status, json } = await merge(...given);
    expect(status).toBe(1);
    expect(json).toMatchObject({ name });
  });

  test("of different numbers of parts do not belong together", async () => {
    await drift(...all, "--shard", "1/2", "--format", "json", "--output", "half.json");
    expect((await merge("half.json", "part-2.json")).json).toMatchObject({ name: "OtherShardsError" });
  });

  test("leave one run in the history, by their merge", async () => {
    const kept = () => (existsSync(join(home, "runs")) ? readdirSync(join(home, "runs")) : []);
    const part = await drift(...all, "--shard", "1/3", "--history", "runs");
    expect(part).toMatchObject({ status: 2, stderr: expect.stringContaining("--history") });
    expect(kept()).toEqual([]);
    mkdirSync(join(home, "runs"));
    write(join("runs", "2026-01-01T00-00-00.000Z.json"), "{}");
    for (const _ of [1, 2]) {
      const { status, json } = await merge(
        ...parts,
        "--history",
        "runs",
        "--format",
        "html",
        "--output",
        "all.html",
      );
      expect(status).toBe(3);
      expect(json.warnings).toEqual([expect.stringMatching(/2026-01-01.* is not the file of a drift run/)]);
    }
    // The same run, merged twice, is one run; another run beside it is drawn with it.
    expect(kept()).toHaveLength(2);
    expect(readFileSync(join(home, "all.html"), "utf8")).toContain("This is the first run in the history");
    const { json } = await driftJson(...all, "--history", "runs", "--format", "html", "--output", "all.html");
    expect(json.warnings).toHaveLength(1);
    expect(readFileSync(join(home, "all.html"), "utf8")).toContain("The last 2 runs, beginning at");
    expect((await driftJson(...all, "--history", files[0] ?? "")).json.warnings).toEqual([
      expect.stringMatching(/^The history in One\.yaml could not be kept/),
    ]);
  });

  test("are merged into every format", async () => {
    const { status, stdout } = await sf(
      ...["cpq", "connectedapp", "drift", "merge"],
      ...parts,
      "--format",
      "markdown",
      "--format",
      "junit",
      "--output",
      "all/drift.xml",
    );
    expect(status).toBe(3);
    expect(stdout).toMatch(/^## /);
    expect(readFileSync(join(home, "all", "drift.xml"), "utf8")).toContain("<testsuites");
  });
});

describe("wrong usage", () => {
  test.each<{ what: string; args: string[]; code: number; words: RegExp }>([
    { what: "an unknown format", args: ["--format", "pdf"], code: 2, words: /--format=pdf/ },
    { what: "an output before any format", args: ["--output", "a.json"], code: 2, words: /--format|format/ },
    {
      what: "two outputs of one format",
      args: ["--format", "json", "--output", "a", "--output", "b"],
      code: 2,
      words: /b/,
    },
    {
      what: "two formats on standard output",
      args: ["--format", "json", "--format", "junit"],
      code: 2,
      words: /json, junit/,
    },
    { what: "a part of none", args: ["--shard", "0/3"], code: 2, words: /0\/3/ },
    { what: "a part beyond the last", args: ["--shard", "4/3"], code: 2, words: /4\/3/ },
    {
      what: "one environment and all",
      args: ["--environment", "sandbox"],
      code: 2,
      words: /all-environments/,
    },
    {
      what: "one org for all environments",
      args: ["--target-org", "local-sandbox"],
      code: 2,
      words: /all-environments/,
    },
    { what: "no calls at all", args: ["--concurrency", "0"], code: 2, words: /concurrency/ },
  ])("$what", async ({ args, code, words }) => {
    const before = sandbox.requestCount();
    const { status, stderr } = await drift(...all, ...args);
    expect(stderr).toMatch(words);
    expect(status).toBe(code);
    expect(sandbox.requestCount()).toBe(before);
  });
});
