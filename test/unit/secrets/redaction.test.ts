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

const values: { title: string; value: string; own: string; foreign: string }[] = [
  { title: "a common word", value: "wrong", own: "The secret is wrong.", foreign: "The secret is [hidden]." },
  {
    title: "a word of the sentence itself",
    value: "secret",
    own: "The secret is wrong.",
    foreign: "The [hidden] is wrong.",
  },
  {
    title: "a letter, which is in every word",
    value: "a",
    own: "a bad answer",
    foreign: "[hidden] bad answer",
  },
  { title: "a short value with a digit", value: "s3cret", own: "is [hidden]!", foreign: "is [hidden]!" },
  { title: "a word as long as a secret", value: "password", own: "is [hidden]s", foreign: "is [hidden]s" },
  {
    title: "signs that mean something in a pattern",
    value: "a.(b)*[c]-$&",
    own: "is [hidden]",
    foreign: "is [hidden]",
  },
];
test.each(values)(
  "a secret that is $title: in our sentences, and in what others said",
  ({ value, own, foreign }) => {
    const text = {
      ...{ own: own.replace("[hidden]", () => value), foreign: foreign.replace("[hidden]", () => value) },
    };
    expect(redacted(text.foreign, [value])).toBe(foreign);
    hideFromNowOn(value);
    expect(redacted(text.own)).toBe(own);
  },
);

test("data keeps its shape, and every text in it is looked through", () => {
  const at = new Date(0);
  expect(redactedIn({ list: [sessionId, 1, null], [jwt]: { text: `a ${jwt}` }, at })).toEqual({
    list: ["[hidden]", 1, null],
    "[hidden]": { text: "a [hidden]" },
    at,
  });
});
