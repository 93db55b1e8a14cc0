import { canonicalLifetime, durationOfMinutes, minutesOf } from "../app/durations.ts";
import type { SettingValue } from "../app/settings.ts";

/** Translates between the texts of an element (one per repetition) and a setting's canonical value. */
export interface Codec {
  /**
   * Undefined if the texts say nothing; a text whose meaning is unknown is kept as it is, so that a comparison shows
   * it.
   */
  read(texts: readonly string[]): SettingValue | undefined;
  write(value: SettingValue): string[];
  /** The texts that it has words for; undefined if any text will do. */
  texts?: readonly string[];
  /** Whether the element may occur more than once. */
  isRepeated?: true;
  /** The only values that it can write. */
  only?: readonly string[];
}

/** Plain text. White space around it has no meaning, nor does the kind of its line ends. */
export const text: Codec = {
  read: ([first = ""]) => first.trim().replace(/\r\n?/g, "\n") || undefined,
  write: (value) => [String(value)],
};

/** `true` or `false`, or `1` or `0`, as XML Schema allows too. Another text says neither. */
export const flag: Codec = {
  read: ([first = ""]) =>
    /^\s*(true|1|false|0)\s*$/i.test(first) ? /true|1/i.test(first) : text.read([first]),
  write: (value) => [String(value)],
  texts: ["true", "false"],
};

/** A switch for which the spec has two words. */
export function flagWords(on: string, off: string): Codec {
  return {
    read: (texts) => {
      const value = flag.read(texts);
      return typeof value === "boolean" ? (value ? on : off) : value;
    },
    write: (value) => [String(value === on)],
    texts: ["true", "false"],
    only: [on, off],
  };
}

/** A whole number. */
export const wholeNumber: Codec = {
  read: ([first = ""]) => (/^\s*\d+\s*$/.test(first) ? Number(first) : text.read([first])),
  write: (value) => [String(value)],
};

/** Several texts in one element, one on each line, as callback URLs are. */
export const lines: Codec = {
  read: ([first]) => nonEmpty((first ?? "").split(/\r?\n/)),
  write: (value) => [asList(value).join("\n")],
};

/**
 * Several texts, each in its own element. An empty list is written as one empty element, which removes what the org
 * has.
 */
export const repeated: Codec = {
  read: (texts) => (texts.length === 0 ? undefined : (nonEmpty(texts) ?? [])),
  write: (value) => (asList(value).length === 0 ? [""] : [...asList(value)]),
  isRepeated: true,
};

/** The metadata's text for each word of the spec, and other texts that mean the same. */
type MetadataTexts = Readonly<Record<string, string | readonly [string, ...string[]]>>;

/** One of the spec's words, each of which stands for a metadata text. The case of metadata texts does not matter. */
export function words(metadataTexts: MetadataTexts): Codec {
  const entries = Object.entries(metadataTexts).map(([word, texts]) => [word, [texts].flat()] as const);
  const wordByText = new Map(
    entries.flatMap(([word, texts]) => texts.map((found) => [found.toLowerCase(), word] as const)),
  );
  const textByWord = new Map(entries.map(([word, [first]]) => [word, first]));
  const toWord = (found: string) => wordByText.get(found.toLowerCase()) ?? found;
  return {
    read: ([first = ""]) => (first.trim() === "" ? undefined : toWord(first.trim())),
    write: (value) => [textByWord.get(String(value)) ?? String(value)],
    texts: entries.flatMap(([, texts]) => texts),
  };
}

/** One of the metadata's own words. */
export function ownWord(known: readonly string[]): Codec {
  return words(Object.fromEntries(known.map((word) => [word, word])));
}

/** Several of the metadata's own words, each in its own element. */
export function repeatedOwnWords(known: readonly string[]): Codec {
  return repeatedWords(Object.fromEntries(known.map((word) => [word, word])));
}

/** Several words, each in its own element, without repetition. */
export function repeatedWords(metadataTexts: MetadataTexts): Codec {
  const { read, write, texts } = words(metadataTexts);
  return {
    read: (found) => {
      const several = repeated.read(found);
      return several === undefined
        ? undefined
        : [...new Set(asList(several).map((one) => String(read([one]))))];
    },
    write: (value) => repeated.write(asList(value).flatMap(write)),
    isRepeated: true,
    ...(texts === undefined ? {} : { texts }),
  };
}

/** Several words in one element, separated by commas. */
export function commaSeparatedWords(metadataTexts: MetadataTexts): Codec {
  const { read, write, texts } = repeatedWords(metadataTexts);
  return {
    read: ([first]) => (first === undefined ? undefined : read(first.split(","))),
    write: (value) => [write(value).join(", ")],
    ...(texts === undefined ? {} : { texts }),
  };
}

/** The same for a list that the spec cannot have empty: an empty element says nothing. */
export function atLeastOne(codec: Codec): Codec {
  return {
    ...codec,
    read: (texts) => {
      const found = codec.read(texts);
      return typeof found === "object" && found.length === 0 ? undefined : found;
    },
  };
}

/** Several texts in one element, separated by commas. */
export const commaSeparated: Codec = {
  read: ([first]) => (first === undefined ? undefined : (nonEmpty(first.split(",")) ?? [])),
  write: (value) => [asList(value).join(",")],
};

const units: Readonly<Record<string, string>> = { h: "HOURS", d: "DAYS", mo: "MONTHS" };

const withoutLifetime = words({ zero: "zero", infinite: "infinite" });

/** `zero`, `infinite`, `{lifetime: 30d}` or `{inactivity: 7d}` for `specific_lifetime:30:DAYS` and so on. */
export const refreshTokenPolicy: Codec = {
  read: ([first = ""]) => {
    const [, policy, count, unit] = /^specific_(lifetime|inactivity):(\d+):(\w+)$/i.exec(first.trim()) ?? [];
    const suffix = Object.keys(units).find((key) => units[key] === unit?.toUpperCase());
    const lifetime = canonicalLifetime(`${count}${suffix}`);
    return lifetime === undefined ? withoutLifetime.read([first]) : `{${policy?.toLowerCase()}: ${lifetime}}`;
  },
  write: (value) => {
    const [, policy, count, suffix] = /^\{(\w+): (\d+)(\w+)\}$/.exec(String(value)) ?? [];
    return [suffix === undefined ? String(value) : `specific_${policy}:${count}:${units[suffix]}`];
  },
};

const spelledUnits: Readonly<Record<string, string>> = { h: "Hours", d: "Days", mo: "Months" };

/** The same in three elements: type, period and unit. An unknown type keeps all three: `Sliding:30:Days`. */
export const refreshTokenPolicyParts: Codec = {
  read: ([type = "", period = "", unit = ""]) => {
    if (type === "") return undefined;
    if (/^(zero|infinite)$/i.test(type)) return type.toLowerCase();
    const [, policy] = /^Specific(Lifetime|Inactivity)$/i.exec(type) ?? [];
    const suffix = Object.keys(spelledUnits).find(
      (key) => spelledUnits[key]?.toLowerCase() === unit.toLowerCase(),
    );
    const lifetime = canonicalLifetime(`${period}${suffix}`);
    if (policy === undefined || lifetime === undefined) return joined([type, period, unit]);
    return `{${policy.toLowerCase()}: ${lifetime}}`;
  },
  write: (value) => {
    const [, policy, count, suffix] = /^\{(\w+): (\d+)(\w+)\}$/.exec(String(value)) ?? [];
    if (policy === undefined || count === undefined || suffix === undefined)
      return parted(capitalized(String(value)), 3);
    return [`Specific${capitalized(policy)}`, count, spelledUnits[suffix] ?? ""];
  },
  texts: ["Infinite", "Zero", "SpecificLifetime", "SpecificInactivity"],
};

/** Whole minutes, for a duration such as `30m` or `2h`. */
export const minutes: Codec = {
  read: ([first = ""]) => (/^\s*\d+\s*$/.test(first) ? durationOfMinutes(Number(first)) : text.read([first])),
  write: (value) => [String(minutesOf(String(value)))],
};

/** A token that is valid for as long as its user's session, in the spec's words. */
const asLongAsSession = "session";

/**
 * A type, and minutes that count if the type is `Custom`. The type `UserSession` is the word `session`. Minutes without
 * a type are from before there were types. An unknown type keeps both: `Idle:30`.
 */
export const sessionOrMinutes: Codec = {
  read: ([type = "", count = ""]) => {
    if (/^usersession$/i.test(type.trim())) return asLongAsSession;
    return /^(custom)?$/i.test(type.trim()) ? minutes.read([count]) : joined([type, count]);
  },
  write: (value) => {
    if (value === asLongAsSession) return ["UserSession", ""];
    return /^\d/.test(String(value)) ? ["Custom", ...minutes.write(value)] : parted(String(value), 2);
  },
  texts: ["UserSession", "Custom"],
};

/** The texts of several elements in one. `parted` takes them apart again. */
function joined(texts: readonly string[]): string {
  return texts
    .map((found) => found.trim())
    .join(":")
    .replace(/:+$/, "");
}

function parted(value: string, count: number): string[] {
  const parts = value.split(":");
  return Array.from({ length: count }, (_, index) => parts[index] ?? "");
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function asList(value: SettingValue): readonly string[] {
  return typeof value === "object" ? value.map(String) : [String(value)];
}

function nonEmpty(texts: readonly string[]): string[] | undefined {
  const found = texts.map((entry) => entry.trim()).filter((entry) => entry !== "");
  return found.length === 0 ? undefined : found;
}
