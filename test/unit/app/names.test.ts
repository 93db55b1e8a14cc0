import { describe, expect, test } from "vitest";
import { apiName, namespaceOf, withoutNamespace } from "../../../src/app/apiName.ts";
import { asVariable, dashed } from "../../../src/app/consumer.ts";
import { patternOf } from "../../../src/app/namePattern.ts";
import { inWordsOf, namedBy } from "../../../src/app/namesInOrg.ts";
import { nearest } from "../../../src/app/nearest.ts";
import { knownWord, wordsOf } from "../../../src/app/words.ts";

describe("an API name", () => {
  test.each([
    { name: "CPQ_Admin_API", namespace: undefined, rest: "CPQ_Admin_API" },
    { name: "acme__CPQ", namespace: "acme", rest: "CPQ" },
    { name: "ac_me__A_b", namespace: "ac_me", rest: "A_b" },
  ])("$name is of the package $namespace", ({ name, namespace, rest }) => {
    expect(name).toMatch(apiName);
    expect(namespaceOf(name)).toBe(namespace);
    expect(withoutNamespace(name)).toBe(rest);
  });

  test.each(["", "1App", "_App", "App_", "a__b__c", "App-1", "Äpp", "App\n"])("is not %j", (name) =>
    expect(name).not.toMatch(apiName),
  );
});

describe("an app's name in a store", () => {
  test.each([
    { name: "CPQ_Admin_API", variable: "CPQ_ADMIN_API", dashes: "cpq-admin-api" },
    { name: "uat-2", variable: "UAT_2", dashes: "uat-2" },
    { name: "acme__CPQ", variable: "ACME_CPQ", dashes: "acme-cpq" },
    { name: "My Org!", variable: "MY_ORG_", dashes: "my-org-" },
  ])("$name is $variable as a variable and $dashes in a vault", ({ name, variable, dashes }) => {
    expect(asVariable(name)).toBe(variable);
    expect(dashed(name)).toBe(dashes);
  });
});

describe("a name in an org", () => {
  const known = [
    { name: "CPQ_API", label: "CPQ" },
    { name: "CPQ", label: "Other" },
    { name: "A", label: "Twice" },
    { name: "B", label: "Twice" },
  ];
  test.each([
    { name: "CPQ_API", found: ["CPQ_API"] },
    { name: "CPQ", found: ["CPQ"] },
    { name: "Other", found: ["CPQ"] },
    { name: "Twice", found: ["A", "B"] },
    { name: "twice", found: [] },
  ])("$name stands for $found", ({ name, found }) =>
    expect(namedBy(name, known).map((item) => item.name)).toEqual(found),
  );

  test.each<{ what: string; desired: string[] | undefined; actual: string[] | undefined; words: unknown }>([
    { what: "a label for an API name", desired: ["A"], actual: ["Twice"], words: ["A"] },
    { what: "an API name for a label", desired: ["Other"], actual: ["CPQ"], words: ["Other"] },
    { what: "a name that is desired", desired: ["A", "B"], actual: ["B"], words: ["B"] },
    { what: "another item's name stays", desired: ["CPQ_API"], actual: ["Other"], words: ["Other"] },
    { what: "a name that nobody knows stays", desired: ["A"], actual: ["New"], words: ["New"] },
    { what: "all stay if nothing is desired", desired: undefined, actual: ["Twice"], words: ["Twice"] },
    { what: "nothing is nothing", desired: ["A"], actual: undefined, words: undefined },
  ])("is said in the words of the spec: $what", ({ desired, actual, words }) =>
    expect(inWordsOf(desired, actual, known)).toEqual(words),
  );
});

test.each([
  { name: "acme__X", pattern: "acme__*" },
  { name: "CPQ_Test", pattern: "*_test" },
  { name: "acme__X_Test", pattern: "acme__*" },
  { name: "CPQ", pattern: undefined },
])("$name fits $pattern first", ({ name, pattern }) =>
  expect(patternOf(name, ["acme__*", "*_test"])).toBe(pattern),
);

describe("what a typing error may stand for", () => {
  const long = "a".repeat(100);
  test.each<{ word: string; candidates: string[]; meant: string | undefined; why: string }>([
    { word: "apu", candidates: ["web", "Api"], meant: "Api", why: "one letter of a short word" },
    { word: "axy", candidates: ["Api"], meant: undefined, why: "not two of three" },
    { word: "x", candidates: ["a"], meant: "a", why: "one letter, however short the word is" },
    {
      word: "refresh_tkn",
      candidates: ["refresh_token"],
      meant: "refresh_token",
      why: "a third of a long one",
    },
    { word: "ABCDEXYZ", candidates: ["abcdefgh"], meant: undefined, why: "not more than a third" },
    { word: "api", candidates: [], meant: undefined, why: "nothing, if nothing is known" },
    { word: long, candidates: [`${long}b`], meant: `${long}b`, why: "a word of 100 letters" },
    { word: `${long}a`, candidates: [long], meant: undefined, why: "no longer one: it is a text" },
  ])("$why", ({ word, candidates, meant }) => expect(nearest(word, candidates)).toBe(meant));
});

describe("a word of a setting", () => {
  const words = { ...wordsOf(["plain"]), id: ["Basic", "profile"] };
  test.each([
    { text: "PLAIN", word: "plain" },
    { text: "basic", word: "id" },
    { text: "Id", word: "id" },
    { text: "other", word: undefined },
  ])("$text is $word", ({ text, word }) => expect(knownWord(words, text)).toBe(word));

  test("may have no other names", () => expect(wordsOf(["a", "b"])).toEqual({ a: [], b: [] }));
});
