import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { lintApp, lintRules } from "../../../src/lint/lint.ts";
import { messagesOf } from "../../../src/messages.ts";
import { addressCases } from "./cases/addresses.ts";
import { oauthCases } from "./cases/oauth.ts";
import { policyCases } from "./cases/policies.ts";
import { runAsUserCases } from "./cases/runAsUser.ts";
import { tokenCases } from "./cases/tokens.ts";
import { wordCases } from "./cases/words.ts";
import { appOf, type Cases, changed, goodUser, starter, starterOfConnectedApp } from "./linted.ts";

const cases: Cases = {
  ...oauthCases,
  ...tokenCases,
  ...policyCases,
  ...addressCases,
  ...runAsUserCases,
  ...wordCases,
};
const messageFile = new URL("../../../messages/lint.md", import.meta.url);
const keys = [...readFileSync(messageFile, "utf8").matchAll(/^# (.+)$/gm)].map(([, key]) => String(key));
const messages = messagesOf("lint");

describe.each(Object.entries(cases))("%s", (rule, { found, clean }) => {
  const level = lintRules.find(({ id }) => id === rule)?.level;

  test.each(found)("is found with $change", ({ change, path, values = [] }) => {
    const [app, facts] = changed(change);
    const isUnset = keys.includes(`${rule}.unset`) && !(path in app.settings);
    const id = expect.stringMatching(`^${rule}\\.${isUnset ? "unset" : "(message|similar)"}$`);
    const findings = lintApp(app, facts).filter((finding) => finding.rule === rule);
    expect(findings).toMatchObject([{ rule, level, path, text: { id, values } }]);
  });

  test.each(found)("says what was found with $change, and leaves no gap in its text", ({ change }) => {
    for (const { text: found } of lintApp(...changed(change))) {
      const text = messages.getText(found);
      expect(text).not.toMatch(/%[sd]/);
      expect(found.values.filter((value) => !text.includes(String(value)))).toEqual([]);
      expect(text).not.toContain("hunter2");
    }
  });

  test.each(clean)("is not found with %j", (change) => {
    expect(lintApp(...changed(change)).map((finding) => finding.rule)).not.toContain(rule);
  });
});

test("an app without OAuth is asked what has nothing to do with tokens, and no more", () => {
  const { settings, ...app } = appOf(starterOfConnectedApp);
  const bare = { ...app, settings: { label: String(settings.label), startUrl: "http://app.example.com" } };
  expect(lintApp(bare)).toEqual([
    {
      rule: "url-http",
      level: "warning",
      path: "startUrl",
      text: { id: "url-http.message", values: ["startUrl"] },
    },
  ]);
});

test("a finding about one entry of a list names the entry, and no other does", () => {
  const url = "http://app.example.com/callback";
  const found = lintApp(...changed({ settings: { "oauth.callbackUrl": [url], startUrl: url } }));
  const entryOf = (rule: string) => found.filter((finding) => finding.rule === rule);
  expect(entryOf("callback-http")).toMatchObject([{ path: "oauth.callbackUrl", entry: url }]);
  expect(entryOf("url-http").map((finding) => "entry" in finding)).toEqual([false]);
});

test("each rule has a case where it is found, and one where it is not", () => {
  const untested = lintRules.filter(({ id }) => {
    const { found = [], clean = [] } = cases[id] ?? {};
    return id !== "unused-silence" && (found.length === 0 || clean.length === 0);
  });
  expect(untested).toEqual([]);
});

test("each rule has its texts, and no text is without a rule", () => {
  const ids: string[] = lintRules.map(({ id }) => id);
  expect(keys).toEqual(
    expect.arrayContaining(ids.flatMap((id) => [`${id}.title`, `${id}.help`, `${id}.message`])),
  );
  expect(keys.filter((key) => !ids.includes(key.replace(/\.\w+$/, "")))).toEqual([]);
});

describe("nothing is held against", () => {
  test.each([
    { title: "a bookmark", more: "startUrl: https://example.com" },
    {
      title: "an app for single sign-on",
      more: "saml: {acsUrl: 'https://example.com/acs', entityUrl: 'urn:a', subjectType: Username}\npolicy: {profiles: [System Administrator]}",
    },
    { title: "an app with IP ranges", more: "oauth: {trustedIpRanges: [10.0.0.0/24]}" },
  ])("$title without OAuth", ({ more }) => {
    const bare =
      "apiVersion: cpq/v1\nkind: ConnectedApp\nname: App\nlabel: App\ncontactEmail: a@example.com\n";
    expect(lintApp(appOf(bare + more))).toEqual([]);
  });

  test("the starter spec", () => expect(lintApp(appOf(starter))).toEqual([]));

  test("the starter spec of a connected app", () =>
    expect(lintApp(appOf(starterOfConnectedApp))).toEqual([]));

  test("a Run As user as it should be", () =>
    expect(lintApp(appOf(starter), { runAsUser: goodUser, askedAt: "2026-04-01T00:00:00Z" })).toEqual([]));

  test("the example of the README", () => {
    const readme = readFileSync(new URL("../../../README.md", import.meta.url), "utf8");
    const example = /```yaml\n(# cpq-admin-api\.yaml\n.*?)```/s.exec(readme)?.[1] ?? "";
    expect(lintApp(appOf(example))).toEqual([]);
  });
});
