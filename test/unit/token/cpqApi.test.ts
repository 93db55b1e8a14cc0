import { describe, expect, test } from "vitest";
import { type CpqBearer, type CpqProbe, cpqCheck, readCpq } from "../../../src/token/cpqApi.ts";
import type { HttpAnswer } from "../../../src/token/http.ts";

function answer(status: number, content: { json?: unknown; html?: string; location?: string }): HttpAnswer {
  const headers = new Headers();
  if (content.html !== undefined) headers.set("content-type", "text/html;charset=UTF-8");
  if (content.location !== undefined) headers.set("location", content.location);
  const text = content.html ?? (content.json === undefined ? "" : JSON.stringify(content.json));
  return { status, headers, text, json: content.json };
}

const taken = answer(200, { json: { content: [] } });
const unknown = answer(401, { json: { errorMessage: "The token is not valid." } });
const forbidden = answer(403, { json: { errorMessage: "Access is denied." } });
const login = answer(302, { location: "https://acme.example.com/login?from=%2Fa" });
const page = answer(200, { html: "<!doctype html>" });
const blocked = answer(403, { html: "<html>Blocked</html>" });
const maintenance = answer(503, { html: "<html>Back soon</html>" });
const broken = answer(500, { json: { errorMessage: "An unexpected error occurred." } });
const missing = answer(404, { json: { errorMessage: "/a was not found." } });

/** The paths that are asked of a tenant that gives these answers in turn, and what they come to. */
async function probe(answers: HttpAnswer[], more: Partial<CpqProbe> = {}, bearer: CpqBearer = "token") {
  const asked: string[] = [];
  const read = async (url: string) => {
    asked.push(url.replace("https://acme.example.com", ""));
    return answers[asked.length - 1] ?? missing;
  };
  const found = await readCpq({ url: "https://acme.example.com/", ...more }, bearer, read);
  return { asked, check: cpqCheck(found, bearer, more.rights) };
}

describe("the CPQ admin API", () => {
  test("is asked below /a first, by the vendor's paths for tokens, then below /api", async () => {
    const { asked } = await probe([]);
    expect(asked).toEqual([
      "/a/Admin/v3/rules?page=0&size=1",
      "/a/managed_tables/v1/managedTables",
      "/api/Admin/v3/rules?page=0&size=1",
      "/api/managedTables/v1/managedTables",
    ]);
  });

  test("is asked by the spec's own path alone", async () => {
    const { asked, check } = await probe([taken], { path: "/own/path" });
    expect(asked).toEqual(["/own/path"]);
    expect(check).toMatchObject({
      outcome: "passed",
      detail: "accepts the token (GET https://acme.example.com/own/path)",
    });
  });

  test.each<{ what: string; answers: HttpAnswer[]; asks: number; outcome: string; words: RegExp }>([
    { what: "takes it", answers: [taken], asks: 1, outcome: "passed", words: /GET \S+\/a\/Admin\/v3\/rules/ },
    {
      what: "takes it below /api alone",
      answers: [login, login, unknown, taken],
      asks: 4,
      outcome: "passed",
      words: /GET \S+\/api\/managedTables\/v1\/managedTables\)/,
    },
    {
      what: "takes it, and lets its user read something else",
      answers: [forbidden, taken],
      asks: 2,
      outcome: "passed",
      words: /managed_tables/,
    },
    {
      what: "takes it, and lets its user read nothing",
      answers: [login, missing, forbidden, missing],
      asks: 4,
      outcome: "warning",
      words: /accepts the token, but .*HTTP 403/,
    },
    {
      what: "sends strangers to its login",
      answers: [login, login, login, login],
      asks: 4,
      outcome: "failed",
      words: /HTTP 302, a redirect to https:\/\/acme\.example\.com\/login;/,
    },
    {
      what: "shows a page to everybody",
      answers: [page, page, page, page],
      asks: 4,
      outcome: "failed",
      words: /HTTP 200, an HTML page/,
    },
    {
      what: "is behind something that lets nobody in",
      answers: [blocked, blocked, blocked, blocked],
      asks: 4,
      outcome: "failed",
      words: /HTTP 403, an HTML page/,
    },
    {
      what: "does not know it",
      answers: [unknown, unknown, unknown, unknown],
      asks: 4,
      outcome: "failed",
      words: /401/,
    },
    {
      what: "is in maintenance",
      answers: [maintenance],
      asks: 1,
      outcome: "unverified",
      words: /maintenance.*HTTP 503, an HTML page/,
    },
    {
      what: "is in trouble",
      answers: [login, broken],
      asks: 2,
      outcome: "unverified",
      words: /trouble.*HTTP 500/,
    },
  ])("$what: $outcome", async ({ answers, asks, outcome, words }) => {
    const { asked, check } = await probe(answers);
    expect(asked).toHaveLength(asks);
    expect(check).toMatchObject({ id: "cpqApi", outcome, detail: expect.stringMatching(words) });
  });
});

describe("what the spec says that may be read", () => {
  const rights = { managedTables: "read", rules: "read", blueprints: "none" } as const;

  test("is all read, by the first way that lets the token in", async () => {
    const { asked, check } = await probe([login, login, login, taken, taken, forbidden], { rights });
    expect(asked).toEqual([
      "/a/managed_tables/v1/managedTables",
      "/a/Admin/v3/rules?page=0&size=1",
      "/a/admin/v2/blueprints?page=0&size=1",
      "/api/managedTables/v1/managedTables",
      "/api/Admin/v3/rules?page=0&size=1",
      "/api/admin/v2/blueprints?page=0&size=1",
    ]);
    expect(check).toMatchObject({
      outcome: "passed",
      detail: "accepts the token, which may read: managed tables, rules",
    });
  });

  test.each<{ what: string; answers: HttpAnswer[]; outcome: string; words: RegExp }>([
    {
      what: "may not be",
      answers: [taken, forbidden, forbidden],
      outcome: "failed",
      words: /does not let the Run As user read .*: rules\./,
    },
    {
      what: "must not be, and is",
      answers: [taken, taken, taken],
      outcome: "failed",
      words: /must not: blueprints\./,
    },
    {
      what: "may not be, all of it, while all that must not be is",
      answers: [forbidden, forbidden, taken],
      outcome: "failed",
      words:
        /does not let the Run As user read .*: managed tables, rules\. .*the Run As user.* must not: blueprints\.$/,
    },
    {
      what: "is in maintenance",
      answers: [taken, taken, maintenance],
      outcome: "unverified",
      words: /maintenance/,
    },
    {
      what: "is not there",
      answers: [taken, missing, forbidden],
      outcome: "failed",
      words: /nothing at these paths/,
    },
  ])("$what: $outcome", async ({ answers, outcome, words }) => {
    const { check } = await probe(answers, { rights });
    expect(check).toMatchObject({ outcome, detail: expect.stringMatching(words) });
  });
});

test.each<{ what: string; answers: HttpAnswer[]; asks: number }>([
  { what: "lets the token read one of them", answers: [missing, taken, missing], asks: 3 },
  { what: "refuses one of them", answers: [missing, missing, forbidden], asks: 3 },
  { what: "is in trouble at one of them", answers: [broken, missing, missing], asks: 3 },
  { what: "knows none of them", answers: [missing, missing, missing], asks: 6 },
])("the way below /a that $what is asked $asks times", async ({ answers, asks }) => {
  const rights = { managedTables: "read", rules: "read", blueprints: "none" } as const;
  expect((await probe(answers, { rights })).asked).toHaveLength(asks);
});

test("what must not be read is all named, and a token that may read nothing is right if nothing may be", async () => {
  const rights = { managedTables: "none", rules: "none" } as const;
  const read = await probe([taken, taken], { rights });
  expect(read.check.detail).toMatch(/must not: managed tables, rules\.$/);
  expect(read.check.actions.join(" ")).toContain("the Run As user");
  const refused = await probe([forbidden, forbidden], { rights });
  expect(refused.check).toMatchObject({
    outcome: "passed",
    detail: "accepts the token, which may read: nothing, as the spec wants it",
    actions: [],
  });
});

test("what is named by no right is no part of the answers", async () => {
  const read = async () => taken;
  const [one] = await readCpq({ url: "https://acme.example.com///", path: "/x" }, "token", read);
  expect(one).toEqual({ url: "https://acme.example.com/x", answer: taken });
});

test("a token that may read nothing leads to its user's rights", async () => {
  const { check } = await probe([forbidden, forbidden, forbidden, forbidden]);
  expect(check.actions).not.toEqual([]);
  for (const action of check.actions) expect(action).not.toContain("%s");
  expect(check.actions.join(" ")).toContain("the Run As user");
});

describe("of several reasons against a token, the one that tells most is named:", () => {
  test.each<{ what: string; answers: HttpAnswer[]; action: RegExp; not: RegExp }>([
    {
      what: "words of the API before a redirect",
      answers: [login, unknown, login, login],
      action: /connected to this org/,
      not: /sends strangers to its login/,
    },
    {
      what: "a redirect before a page",
      answers: [page, login, page, page],
      action: /sends strangers to its login/,
      not: /proxy or a firewall/,
    },
    {
      what: "a page with HTTP 401 is a page",
      answers: Array(4).fill(answer(401, { html: "<html>Log in</html>" })),
      action: /proxy or a firewall/,
      not: /connected to this org/,
    },
    {
      what: "what is neither is a refusal",
      answers: Array(4).fill(answer(400, { json: { errorMessage: "Bad request." } })),
      action: /connected to this org/,
      not: /write the path of your tenant/,
    },
    {
      what: "a page before nothing",
      answers: [missing, page, missing, missing],
      action: /proxy or a firewall/,
      not: /connected to this org/,
    },
  ])("$what", async ({ answers, action, not }) => {
    const { check } = await probe(answers);
    expect(check.outcome).toBe("failed");
    expect(check.actions.join(" ")).toMatch(action);
    expect(check.actions.join(" ")).not.toMatch(not);
    expect(check.detail).not.toContain("%s");
  });
});

test("an admin API key is tried by the paths for keys alone, and its refusal says so", async () => {
  const accepted = await probe([taken], {}, "key");
  expect(accepted.asked).toEqual(["/api/Admin/v3/rules?page=0&size=1"]);
  expect(accepted.check).toMatchObject({
    id: "cpqApiKey",
    outcome: "passed",
    detail: expect.stringMatching(/^accepts the admin API key/),
  });
  const refused = await probe([unknown, unknown], {}, "key");
  expect(refused.check).toMatchObject({
    outcome: "failed",
    detail: expect.stringMatching(/^did not accept the admin API key: .*401/),
    actions: expect.arrayContaining([expect.stringContaining("a key is of one tenant")]),
  });
});

test.each([
  {
    what: "HTTP 401",
    answers: [unknown, unknown, unknown, unknown],
    action: /connected to this org: a tenant accepts/,
  },
  { what: "a redirect", answers: [login, login, login, login], action: /sends strangers to its login/ },
  { what: "a page", answers: [page, page, page, page], action: /proxy or a firewall/ },
  { what: "HTTP 404", answers: [missing, missing, missing, missing], action: /cpq\.path/ },
])("$what has its own next step", async ({ answers, action }) => {
  const { check } = await probe(answers);
  expect(check.actions).toEqual(expect.arrayContaining([expect.stringMatching(action)]));
});
