import { expect, test } from "vitest";
import { lintApp, lintRules } from "../../../src/lint/lint.ts";
import { silence } from "../../../src/lint/silence.ts";
import { messagesOf } from "../../../src/messages.ts";
import { changed, goodUser } from "./linted.ts";

const findings = lintApp(...changed({ settings: { "oauth.scopes": ["api", "full", "web"] } }));
const silencing = (rule: string, reason = "Agreed with security.") => ({ rule, reason });

test("a silenced finding stays, with its reason", () => {
  const all = silence(findings, [silencing("scope-full", "The vendor asks for it, until June.")]);
  expect(all.map(({ rule, silenced }) => [rule, silenced])).toEqual([
    ["scope-full", "The vendor asks for it, until June."],
    ["scope-browser-session", undefined],
  ]);
});

test("several findings are silenced, each by its own reason, and the others have none", () => {
  const ignored = [silencing("scope-full", "One."), silencing("scope-browser-session", "Two.")];
  expect(silence(findings, ignored).map(({ rule, silenced }) => [rule, silenced])).toEqual([
    ["scope-full", "One."],
    ["scope-browser-session", "Two."],
  ]);
  expect(silence(findings, ignored.slice(1)).map((finding) => "silenced" in finding)).toEqual([false, true]);
});

test("without silencings, the findings are what they were", () => {
  expect(silence(findings, [])).toEqual(findings);
});

test.each([
  { rule: "device-flow", text: "device-flow is silenced, but was not found." },
  { rule: "scope-ful", text: "scope-ful is silenced, but there is no such rule. Did you mean scope-full?" },
  {
    rule: "Device-Flow",
    text: "Device-Flow is silenced, but there is no such rule. Did you mean device-flow?",
  },
  { rule: "no-such-thing-at-all", text: "no-such-thing-at-all is silenced, but there is no such rule." },
])("silencing $rule is noted", ({ rule, text }) => {
  const added = silence(findings, [silencing("scope-full"), silencing(rule)]).slice(findings.length);
  expect(added).toMatchObject([{ rule: "unused-silence", level: "note", path: "lint.ignore.1.rule" }]);
  expect(added.map(({ text: found }) => messagesOf("lint").getText(found))).toEqual([text]);
});

test("the same rule silenced twice is noted once, at the second place", () => {
  const added = silence(findings, [silencing("scope-full"), silencing("scope-full")]).slice(findings.length);
  expect(added).toMatchObject([{ rule: "unused-silence", path: "lint.ignore.1.rule" }]);
});

test("a rule that needs an org may be silenced where none was asked, and is noted where one was", () => {
  const ignored = [silencing("run-as-administrator")];
  expect(silence(findings, ignored)).toEqual(findings);
  const asked = lintApp(...changed({ user: goodUser }));
  expect(silence(asked, ignored, { orgAsked: true })).toMatchObject([{ rule: "unused-silence" }]);
});

test("ids of rules are lower case with dashes, and each stands once", () => {
  const ids = lintRules.map(({ id }) => id);
  expect(ids.filter((id) => !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});
