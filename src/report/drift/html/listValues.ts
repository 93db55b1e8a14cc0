import { html } from "hono/html";
import type { SettingRecord } from "../../../app/settings.ts";
import { type Markup, say } from "./markup.ts";

/** An entry of a list. */
type ItemValue = string | SettingRecord;

/**
 * A list with a mark at each entry that the other list lacks. If both have the same entries, those in another place are
 * marked.
 */
export function listItems(
  items: readonly ItemValue[],
  other: readonly ItemValue[] | undefined,
  side: "expected" | "actual",
): Markup {
  const missing = other === undefined ? [] : without(items, other);
  const unmatched = other === undefined ? [] : without(other, items);
  const reordered = other !== undefined && missing.length === 0 && unmatched.length === 0;
  const left = [...missing];
  const lines = items.map((item, index) => {
    const at = left.findIndex((one) => keyOf(one) === keyOf(item));
    if (at >= 0) {
      left.splice(at, 1);
      const counterpart = isRecord(item)
        ? unmatched.filter(isRecord).find((one) => isKin(item, one))
        : undefined;
      const remark = say(counterpart === undefined ? `${side}.only` : "value.otherEntry");
      return html`<li class="changed">${itemText(item, counterpart, true)} <small>${remark}</small></li>`;
    }
    if (reordered && keyOf(item) !== keyOf(other[index] ?? ""))
      return html`<li class="changed">${itemText(item, undefined, true)} <small>${say("value.otherPlace")}</small></li>`;
    return html`<li>${itemText(item, undefined, false)}</li>`;
  });
  return html`<ul class="items">${lines}</ul>`;
}

/** The entries of one list that the other does not have, or not as often. */
function without(items: readonly ItemValue[], others: readonly ItemValue[]): ItemValue[] {
  const counts = new Map<string, number>();
  for (const key of others.map(keyOf)) counts.set(key, (counts.get(key) ?? 0) + 1);
  return items.filter((item) => {
    const count = counts.get(keyOf(item)) ?? 0;
    counts.set(keyOf(item), count - 1);
    return count <= 0;
  });
}

function itemText(item: ItemValue, counterpart: SettingRecord | undefined, changed: boolean): Markup {
  if (!isRecord(item)) {
    const text = item === "" ? '""' : item;
    return html`<code dir="auto">${changed ? html`<mark>${text}</mark>` : text}</code>`;
  }
  const lines = Object.entries(item).map(([key, text]) => {
    const marked = changed && (counterpart === undefined || counterpart[key] !== text);
    return html`<span class="field"><span class="key">${key}:</span> ${marked ? html`<mark>${text}</mark>` : text}</span>`;
  });
  return html`<code class="record" dir="auto">${lines}</code>`;
}

/** Whether two records are versions of the same entry: at least one field is equal. */
function isKin(one: SettingRecord, other: SettingRecord): boolean {
  return Object.entries(one).some(([key, value]) => other[key] === value);
}

function isRecord(item: ItemValue): item is SettingRecord {
  return typeof item === "object";
}

function keyOf(item: ItemValue): string {
  return isRecord(item) ? JSON.stringify(Object.entries(item).sort()) : JSON.stringify(item);
}
