import { describe, expect, test } from "vitest";
import type { SettingValue } from "../../../src/app/settings.ts";
import {
  atLeastOne,
  type Codec,
  commaSeparated,
  commaSeparatedWords,
  flag,
  flagWords,
  lines,
  minutes,
  ownWord,
  refreshTokenPolicy,
  refreshTokenPolicyParts,
  repeated,
  repeatedOwnWords,
  repeatedWords,
  sessionOrMinutes,
  text,
  wholeNumber,
  words,
} from "../../../src/metadata/codecs.ts";
import { ipRangeRecord, plainRecord } from "../../../src/metadata/recordCodecs.ts";

const colors = { red: ["Rot", "Rouge"], blue: "Blau" } as const;

/** What the texts of an element say, and, if the value is written again, in which texts. */
interface Case {
  codec: Codec;
  name: string;
  texts: string[];
  value: SettingValue | undefined;
  written?: string[];
}

const of = (name: string, codec: Codec, rows: [string[], SettingValue | undefined, string[]?][]): Case[] =>
  rows.map(([texts, value, written]) => ({ codec, name, texts, value, ...(written ? { written } : {}) }));

const cases: Case[] = [
  ...of("text", text, [
    [[" a\r\nb\rc "], "a\nb\nc", ["a\nb\nc"]],
    [[" "], undefined],
    [[], undefined],
  ]),
  ...of("flag", flag, [
    [["true"], true, ["true"]],
    [[" TRUE "], true],
    [["1"], true],
    [["false"], false, ["false"]],
    [["0"], false],
    [["yes"], "yes", ["yes"]],
    [["11"], "11"],
    [["true1"], "true1"],
    [["untrue"], "untrue"],
    [[" "], undefined],
    [[], undefined],
  ]),
  ...of("flagWords", flagWords("jwt", "opaque"), [
    [["true"], "jwt", ["true"]],
    [["0"], "opaque", ["false"]],
    [["yes"], "yes"],
    [[""], undefined],
  ]),
  ...of("wholeNumber", wholeNumber, [
    [[" 12 "], 12, ["12"]],
    [["12x"], "12x", ["12x"]],
    [["x12"], "x12"],
    [["1.5"], "1.5"],
    [[""], undefined],
    [[], undefined],
  ]),
  ...of("lines", lines, [
    [["a\r\n\n b \nc"], ["a", "b", "c"], ["a\nb\nc"]],
    [["\n"], undefined],
    [[], undefined],
  ]),
  ...of("repeated", repeated, [
    [
      ["a", " ", " b "],
      ["a", "b"],
      ["a", "b"],
    ],
    [[""], [], [""]],
    [[], undefined],
  ]),
  ...of("words", words(colors), [
    [["rot"], "red", ["Rot"]],
    [[" ROUGE "], "red"],
    [["Blau"], "blue", ["Blau"]],
    [["Vert"], "Vert", ["Vert"]],
    [[" "], undefined],
    [[], undefined],
  ]),
  ...of("ownWord", ownWord(["Get", "Post"]), [
    [["get"], "Get", ["Get"]],
    [["Put"], "Put", ["Put"]],
  ]),
  ...of("repeatedWords", repeatedWords(colors), [
    [
      ["Rot", "blau", "Rouge", "Vert"],
      ["red", "blue", "Vert"],
      ["Rot", "Blau", "Vert"],
    ],
    [[""], [], [""]],
    [[], undefined],
  ]),
  ...of("repeatedOwnWords", repeatedOwnWords(["Get", "Post"]), [
    [
      ["post", "get"],
      ["Post", "Get"],
      ["Post", "Get"],
    ],
  ]),
  ...of("commaSeparatedWords", commaSeparatedWords(colors), [
    [["Rot,blau , Vert"], ["red", "blue", "Vert"], ["Rot, Blau, Vert"]],
    [[""], [], [""]],
    [[], undefined],
  ]),
  ...of("atLeastOne", atLeastOne(commaSeparatedWords(colors)), [
    [["Rot"], ["red"], ["Rot"]],
    [[","], undefined],
    [[], undefined],
  ]),
  ...of("atLeastOne of a text", atLeastOne(text), [[["a"], "a", ["a"]]]),
  ...of("commaSeparated", commaSeparated, [
    [["a, b,,c"], ["a", "b", "c"], ["a,b,c"]],
    [[""], [], [""]],
    [[], undefined],
  ]),
  ...of("refreshTokenPolicy", refreshTokenPolicy, [
    [["specific_lifetime:30:DAYS"], "{lifetime: 30d}", ["specific_lifetime:30:DAYS"]],
    [[" SPECIFIC_INACTIVITY:07:hours "], "{inactivity: 7h}", ["specific_inactivity:7:HOURS"]],
    [["specific_lifetime:2:MONTHS"], "{lifetime: 2mo}", ["specific_lifetime:2:MONTHS"]],
    [["specific_lifetime:2:WEEKS"], "specific_lifetime:2:WEEKS", ["specific_lifetime:2:WEEKS"]],
    [["specific_lifetime:2:DAYS:x"], "specific_lifetime:2:DAYS:x"],
    [["xspecific_lifetime:2:DAYS"], "xspecific_lifetime:2:DAYS"],
    [["specific_lifetime:0:DAYS"], "specific_lifetime:0:DAYS"],
    [["Zero"], "zero", ["zero"]],
    [["INFINITE"], "infinite", ["infinite"]],
    [[""], undefined],
    [[], undefined],
  ]),
  ...of("refreshTokenPolicyParts", refreshTokenPolicyParts, [
    [["SpecificLifetime", "30", "Days"], "{lifetime: 30d}", ["SpecificLifetime", "30", "Days"]],
    [["specificinactivity", "7", "HOURS"], "{inactivity: 7h}", ["SpecificInactivity", "7", "Hours"]],
    [["SpecificLifetime", "6", "months"], "{lifetime: 6mo}", ["SpecificLifetime", "6", "Months"]],
    [["Zero", "30", "Days"], "zero", ["Zero", "", ""]],
    [["INFINITE", "", ""], "infinite", ["Infinite", "", ""]],
    [["Infinitely", "", ""], "Infinitely", ["Infinitely", "", ""]],
    [["NotZero", "", ""], "NotZero"],
    [["Sliding", " 30 ", "Days"], "Sliding:30:Days", ["Sliding", "30", "Days"]],
    [["SpecificLifetime", "30", "Weeks"], "SpecificLifetime:30:Weeks", ["SpecificLifetime", "30", "Weeks"]],
    [["SpecificLifetimes", "30", "Days"], "SpecificLifetimes:30:Days"],
    [["UnSpecificLifetime", "30", "Days"], "UnSpecificLifetime:30:Days"],
    [["SpecificLifetime", "0", "Days"], "SpecificLifetime:0:Days"],
    [["", "30", "Days"], undefined],
    [[], undefined],
  ]),
  ...of("minutes", minutes, [
    [[" 90 "], "90m", ["90"]],
    [["120"], "2h", ["120"]],
    [["soon"], "soon"],
    [["1x"], "1x"],
    [["x1"], "x1"],
    [[], undefined],
  ]),
  ...of("sessionOrMinutes", sessionOrMinutes, [
    [["UserSession", "30"], "session", ["UserSession", ""]],
    [[" usersession ", ""], "session"],
    [["Custom", "30"], "30m", ["Custom", "30"]],
    [["", "60"], "1h", ["Custom", "60"]],
    [["Idle", "30"], "Idle:30", ["Idle", "30"]],
    [["Customs", "30"], "Customs:30"],
    [["MyCustom", "30"], "MyCustom:30"],
    [["UserSessions", ""], "UserSessions", ["UserSessions", ""]],
    [["MyUserSession", ""], "MyUserSession"],
    [["Custom", ""], undefined],
    [[], undefined],
  ]),
];

test.each(cases)("$name: $texts are $value", ({ codec, texts, value, written }) => {
  expect(codec.read(texts)).toEqual(value);
  if (value !== undefined && written !== undefined) expect(codec.write(value)).toEqual(written);
});

describe("what a codec has words for", () => {
  test.each([
    { name: "words", codec: words(colors), texts: ["Rot", "Rouge", "Blau"] },
    {
      name: "several words",
      codec: repeatedWords(colors),
      texts: ["Rot", "Rouge", "Blau"],
      isRepeated: true,
    },
    { name: "words with commas", codec: commaSeparatedWords(colors), texts: ["Rot", "Rouge", "Blau"] },
    {
      name: "at least one word",
      codec: atLeastOne(repeatedWords(colors)),
      texts: ["Rot", "Rouge", "Blau"],
      isRepeated: true,
    },
    { name: "a switch", codec: flag, texts: ["true", "false"] },
    { name: "any text", codec: text, texts: undefined },
    { name: "several texts", codec: repeated, texts: undefined, isRepeated: true },
  ])("$name", ({ codec, texts, isRepeated }) => {
    expect(codec.texts).toEqual(texts);
    expect(codec.isRepeated).toBe(isRepeated);
  });

  test("a switch with two words can write no other", () =>
    expect(flagWords("jwt", "opaque")).toMatchObject({ texts: ["true", "false"], only: ["jwt", "opaque"] }));
});

describe("a record of an IP range", () => {
  const { children, read, write } = ipRangeRecord("start", "end");
  test.each<{ texts: Record<string, string>; record: Record<string, string> }>([
    { texts: { start: "10.0.0.0", end: "10.255.255.255" }, record: { range: "10.0.0.0/8" } },
    {
      texts: { description: "Office", start: "10.0.0.1", end: "10.0.0.9" },
      record: { range: "10.0.0.1-10.0.0.9", description: "Office" },
    },
  ])("$record.range has a first and a last address", ({ texts, record }) => {
    expect(read(texts)).toEqual(record);
    expect(write(record)).toEqual(texts);
    expect(Object.keys(write(record)).filter((name) => !children.includes(name))).toEqual([]);
  });

  test("with less in it stays as it is, and cannot be written", () => {
    expect(read({ end: "b" })).toEqual({ range: "-b" });
    expect(read({ start: "a" })).toEqual({ range: "a-" });
    expect(() => write({ range: "a-b" })).toThrow("No IP range: a-b");
    expect(() => write({})).toThrow("No IP range: undefined");
  });
});

test("any other record has the names of its elements as keys", () => {
  const { children, read, write } = plainRecord("key", "formula");
  const record = { key: "a", formula: "1" };
  expect([children, read(record), write(record)]).toEqual([["key", "formula"], record, record]);
});
