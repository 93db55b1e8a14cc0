import { beforeEach, expect, test } from "vitest";
import { hideFromNowOn, redacted, redactedIn, startHiding } from "../../../src/secrets/redaction.ts";

beforeEach(startHiding);

const jwt = "eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhZG1pbiJ9.c2lnbmF0dXJl";
const sessionId = "00D000000000001!AQ4AQFakeSessionId_.Fake";

const texts: { title: string; text: string; shown: string }[] = [
  {
    title: "a session Id",
    text: `INVALID_SESSION_ID: ${sessionId} expired`,
    shown: "INVALID_SESSION_ID: [hidden] expired",
  },
  { title: "a JWT", text: `token=${jwt}&x=1`, shown: "token=[hidden]&x=1" },
  { title: "a JWT that was cut off", text: `"${jwt.slice(0, 40)}`, shown: '"[hidden]' },
  {
    title: "what follows Bearer",
    text: "Authorization: Bearer abcdefghijklmnopqrstuvwx==",
    shown: "Authorization: Bearer [hidden]",
  },
  {
    title: "an org's Id alone",
    text: "00D000000000001AAA is refreshed!",
    shown: "00D000000000001AAA is refreshed!",
  },
  {
    title: "plain words",
    text: "Basic and eyJust words. Bearer of news.",
    shown: "Basic and eyJust words. Bearer of news.",
  },
];
test.for(texts)("$title", ({ text, shown }) => {
  expect(redacted(text)).toBe(shown);
});

test("what the run learned is hidden, the longest first, and forgotten by the next run", () => {
  hideFromNowOn("SecretOne");
  hideFromNowOn("SecretOneAndMore");
  hideFromNowOn("a");
  expect(redacted("SecretOneAndMore, SecretOne, a")).toBe("[hidden], [hidden], a");
  startHiding();
  expect(redacted("SecretOne")).toBe("SecretOne");
});

test("data keeps its shape, and every text in it is looked through", () => {
  const at = new Date(0);
  expect(redactedIn({ list: [sessionId, 1, null], [jwt]: { text: `a ${jwt}` }, at })).toEqual({
    list: ["[hidden]", 1, null],
    "[hidden]": { text: "a [hidden]" },
    at,
  });
});
