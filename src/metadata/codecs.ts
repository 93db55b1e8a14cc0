import type { SettingValue } from "../app/settings.ts";

/** Translates between the texts of an element (one per repetition) and a setting's canonical value. */
export interface Codec {
  /** Undefined where the texts say nothing; a text of unknown meaning is kept as it is, so that a comparison shows it. */
  read(texts: readonly string[]): SettingValue | undefined;
  write(value: SettingValue): string[];
}

/** Plain text. */
export const text: Codec = {
  read: ([first]) => (first === undefined || first === "" ? undefined : first),
  write: (value) => [String(value)],
};

/** `true` or `false`. */
export const flag: Codec = {
  read: ([first]) => (first === undefined ? undefined : first.trim() === "true"),
  write: (value) => [String(value)],
};

/** Several texts in one element, one a line, as callback URLs are. */
export const lines: Codec = {
  read: ([first]) => nonEmpty((first ?? "").split(/\r?\n/)),
  write: (value) => [asList(value).join("\n")],
};

/** Several texts, an element each. No text is written as one empty element, which removes what the org has. */
export const repeated: Codec = {
  read: nonEmpty,
  write: (value) => (asList(value).length === 0 ? [""] : [...asList(value)]),
};

/** One of the spec's words, each for a metadata text; metadata texts are matched without regard to case. */
export function words(metadataTexts: Readonly<Record<string, string>>): Codec {
  const byText = new Map(Object.entries(metadataTexts).map(([word, found]) => [found.toLowerCase(), word]));
  const toWord = (found: string) => byText.get(found.trim().toLowerCase()) ?? found;
  return {
    read: ([first]) => (first === undefined || first === "" ? undefined : toWord(first)),
    write: (value) => [metadataTexts[String(value)] ?? String(value)],
  };
}

/** Several words, an element each, without repetition. */
export function repeatedWords(metadataTexts: Readonly<Record<string, string>>): Codec {
  const one = words(metadataTexts);
  return {
    read: (texts) => [...new Set(nonEmpty(texts)?.map((found) => String(one.read([found]))))],
    write: (value) => asList(value).flatMap(one.write),
  };
}

/** Several words in one element, separated by commas. */
export function commaSeparatedWords(metadataTexts: Readonly<Record<string, string>>): Codec {
  const several = repeatedWords(metadataTexts);
  return {
    read: ([first]) => (first === undefined ? undefined : several.read(first.split(","))),
    write: (value) => [several.write(value).join(", ")],
  };
}

/** Several texts in one element, separated by commas. */
export const commaSeparated: Codec = {
  read: ([first]) => nonEmpty((first ?? "").split(",")),
  write: (value) => [asList(value).join(",")],
};

const units: Readonly<Record<string, string>> = { h: "HOURS", d: "DAYS", mo: "MONTHS" };

/** `zero`, `infinite`, `{lifetime: 30d}` or `{inactivity: 7d}` for `specific_lifetime:30:DAYS` and so on. */
export const refreshTokenPolicy: Codec = {
  read: ([first]) => {
    if (first === undefined || first === "") return undefined;
    const [, policy, count, unit] = /^specific_(lifetime|inactivity):(\d+):(\w+)$/i.exec(first.trim()) ?? [];
    const suffix = Object.keys(units).find((key) => units[key] === unit?.toUpperCase());
    return suffix === undefined ? first.trim() : `{${policy?.toLowerCase()}: ${count}${suffix}}`;
  },
  write: (value) => {
    const [, policy, count, suffix] = /^\{(\w+): (\d+)(\w+)\}$/.exec(String(value)) ?? [];
    return [suffix === undefined ? String(value) : `specific_${policy}:${count}:${units[suffix]}`];
  },
};

const spelledUnits: Readonly<Record<string, string>> = { h: "Hours", d: "Days", mo: "Months" };

/** The same in three elements: type, period and unit. */
export const refreshTokenPolicyParts: Codec = {
  read: ([type = "", period = "", unit = ""]) => {
    if (type === "") return undefined;
    const [, policy] = /^Specific(Lifetime|Inactivity)$/i.exec(type) ?? [];
    const suffix = Object.keys(spelledUnits).find(
      (key) => spelledUnits[key]?.toLowerCase() === unit.toLowerCase(),
    );
    if (policy === undefined || suffix === undefined) return type.toLowerCase();
    return `{${policy.toLowerCase()}: ${period}${suffix}}`;
  },
  write: (value) => {
    const [, policy, count, suffix] = /^\{(\w+): (\d+)(\w+)\}$/.exec(String(value)) ?? [];
    if (policy === undefined || count === undefined || suffix === undefined)
      return [capitalized(String(value)), "", ""];
    return [`Specific${capitalized(policy)}`, count, spelledUnits[suffix] ?? ""];
  },
};

/** Whole minutes, for a duration such as `30m` or `2h`. */
export const minutes: Codec = {
  read: ([first]) => (first === undefined || first === "" ? undefined : durationOfMinutes(Number(first))),
  write: (value) => [String(minutesOf(String(value)))],
};

/** Whole minutes in the second of two elements, the first of which says that they count (`Custom`). */
export const customMinutes: Codec = {
  read: ([type = "", count = ""]) => (type.toLowerCase() === "custom" ? minutes.read([count]) : undefined),
  write: (value) => ["Custom", ...minutes.write(value)],
};

/** The canonical duration of a number of minutes: hours where they are whole. */
export function durationOfMinutes(count: number): string {
  return count > 0 && count % 60 === 0 ? `${count / 60}h` : `${count}m`;
}

/** The minutes of a canonical duration. */
export function minutesOf(duration: string): number {
  const count = Number.parseInt(duration, 10);
  return duration.endsWith("h") ? count * 60 : count;
}

function capitalized(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}

function asList(value: SettingValue): readonly string[] {
  return typeof value === "object" ? value : [String(value)];
}

function nonEmpty(texts: readonly string[]): string[] | undefined {
  const found = texts.map((entry) => entry.trim()).filter((entry) => entry !== "");
  return found.length === 0 ? undefined : found;
}
