import { describe, expect, test } from "vitest";
import { cpqCheck, readCpq } from "../../../src/token/cpqApi.ts";
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
async function probe(answers: HttpAnswer[], path?: string) {
  const asked: string[] = [];
  const read = async (url: string) => {
    asked.push(url.replace("https://acme.example.com", ""));
    return answers[asked.length - 1] ?? missing;
  };
  return { asked, check: cpqCheck(await readCpq("https://acme.example.com/", path, read)) };
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
    const { asked, check } = await probe([taken], "/own/path");
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
