import { html } from "hono/html";
import type { SettingRecord, SettingValue } from "../../../app/settings.ts";
import { listItems } from "./listValues.ts";
import { type Markup, say } from "./markup.ts";

/** Values with more characters or entries get their own scroll box. */
const longText = 700;
const longList = 14;

/** Expected and actual value, with what differs between them marked. */
export function valuePair(
  expected: SettingValue | undefined,
  actual: SettingValue | undefined,
): { expected: Markup; actual: Markup } {
  return {
    expected: shown(expected, actual, "expected"),
    actual: shown(actual, expected, "actual"),
  };
}

/** Whether a value would push everything else off the screen. */
export function isLong(value: SettingValue | undefined): boolean {
  if (isList(value)) return value.length > longList || JSON.stringify(value).length > longText;
  return String(value ?? "").length > longText;
}

function shown(
  value: SettingValue | undefined,
  other: SettingValue | undefined,
  side: "expected" | "actual",
): Markup {
  if (value === undefined) return html`<p class="none">${say(`${side}.none`)}</p>`;
  if (isList(value)) {
    if (value.length === 0) return html`<p class="none">${say("value.emptyList")}</p>`;
    return listItems(value, isList(other) ? other : undefined, side);
  }
  const text = String(value);
  if (text === "") return html`<p class="none">${say("value.emptyText")}</p>`;
  return html`<p><code dir="auto">${marked(text, other === undefined || isList(other) ? undefined : String(other))}</code></p>`;
}

function marked(text: string, other: string | undefined): Markup {
  if (other === undefined) return html`${text}`;
  const [{ start, changed, end }] = changedParts(text, other);
  // Line breaks alone would be invisible.
  const visible = changed.trim() === "" ? changed.replaceAll("\n", "↵\n") : changed;
  return changed === "" ? html`${text}` : html`${start}<mark>${visible}</mark>${end}`;
}

function isList(value: SettingValue | undefined): value is readonly string[] | readonly SettingRecord[] {
  return Array.isArray(value);
}

/** A text in three parts: what it shares with another text at its start and its end, and what differs between them. */
interface ChangedPart {
  start: string;
  changed: string;
  end: string;
}

/** Finds the part that differs, in both texts, in whole words; it may be empty in one of them. */
function changedParts(one: string, other: string): [ChangedPart, ChangedPart] {
  const first = wordsOf(one);
  const second = wordsOf(other);
  const shorter = Math.min(first.length, second.length);
  let start = 0;
  while (start < shorter && first[start] === second[start]) start++;
  let end = 0;
  while (end < shorter - start && first.at(-1 - end) === second.at(-1 - end)) end++;
  return [parts(first, start, end), parts(second, start, end)];
}

/**
 * Words, and all other characters one by one. A very long word, such as a key, is cut, so that only a part of it is
 * marked.
 */
function wordsOf(text: string): string[] {
  return text.match(/[\p{L}\p{M}\p{N}_]{1,32}|./gsu) ?? [];
}

function parts(words: readonly string[], start: number, end: number): ChangedPart {
  const until = words.length - end;
  return {
    start: words.slice(0, start).join(""),
    changed: words.slice(start, until).join(""),
    end: words.slice(until).join(""),
  };
}
