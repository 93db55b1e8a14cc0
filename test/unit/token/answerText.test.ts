import { describe, expect, test } from "vitest";
import { answerText, bodyText, isPage } from "../../../src/token/answerText.ts";
import type { HttpAnswer } from "../../../src/token/http.ts";

/** An answer with this body, which is parsed if it is JSON. */
function answer(status: number, text: string, headers: Record<string, string> = {}): HttpAnswer {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status, headers: new Headers(headers), text, json };
}

const html = { "content-type": "Text/HTML; charset=UTF-8" };

describe("a page for people", () => {
  test.each<{ what: string; of: HttpAnswer; is: boolean }>([
    { what: "says that it is HTML", of: answer(200, "<p>Log in</p>", html), is: true },
    { what: "is not JSON that says so", of: answer(200, "{}", html), is: false },
    { what: "is not JSON of another type", of: answer(200, "{}"), is: false },
    { what: "is not a text without a type", of: answer(500, "<p>Log in</p>"), is: false },
  ])("$what: $is", ({ of, is }) => expect(isPage(of)).toBe(is));
});

describe("an answer is shown as", () => {
  test.each<{ what: string; of: HttpAnswer; text: string }>([
    {
      what: "where it leads, without what may be secret",
      of: answer(302, "", { location: "https://acme.example.com/login?from=%2Fa&sid=abc" }),
      text: "HTTP 302, a redirect to https://acme.example.com/login",
    },
    { what: "a page", of: answer(503, "<p>Maintenance</p>", html), text: "HTTP 503, an HTML page" },
    {
      what: "its body in one line",
      of: answer(400, '  {"error":\n\t "invalid_grant"} '),
      text: 'HTTP 400 {"error": "invalid_grant"}',
    },
    { what: "empty", of: answer(502, " \n"), text: "HTTP 502 (an empty answer)" },
    {
      what: "broken off, if it says that all is well",
      of: answer(200, '{"limits": '),
      text: 'HTTP 200 (an answer that is not complete JSON: {"limits":)',
    },
    { what: "its body, if it is whole", of: answer(200, '{"limits":1}'), text: 'HTTP 200 {"limits":1}' },
    { what: "its body, if it is an error in words", of: answer(500, "Oops"), text: "HTTP 500 Oops" },
  ])("$what", ({ of, text }) => expect(answerText(of)).toBe(text));
});

describe("of a body is shown", () => {
  const words = (count: number) => "abcd ".repeat(count).trim();
  test.each<{ what: string; text: string; length: number; shown: string }>([
    { what: "all, if it is short enough", text: words(2), length: 9, shown: "abcd abcd" },
    { what: "the beginning", text: words(2), length: 8, shown: "abcd abc…" },
    {
      what: "nothing that may be a token",
      text: '{"access_token":"00D000000000001!AQ8AQH.gW_x~+/=-Tz9"} {"id',
      length: 300,
      shown: '{"access_token":"…"} {"id',
    },
    { what: "a word of 23 characters", text: "a".repeat(23), length: 300, shown: "a".repeat(23) },
    { what: "no word of 24 characters", text: "a".repeat(24), length: 300, shown: "…" },
  ])("$what", ({ text, length, shown }) => expect(bodyText(answer(400, text), length)).toBe(shown));
});
