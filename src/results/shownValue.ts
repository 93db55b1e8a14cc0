import type { SettingValue } from "../app/settings.ts";
import { messagesOf } from "../messages.ts";

/** A value in the spec's words, in one line: `[{range: 10.0.0.0/8, description: Office}]`. */
export function shownValue(value: SettingValue | undefined): string {
  if (value === undefined) return messagesOf("drift").getMessage("notSet");
  if (typeof value !== "object") return String(value);
  return `[${value.map((entry) => (typeof entry === "string" ? entry : shownRecord(entry))).join(", ")}]`;
}

function shownRecord(record: Readonly<Record<string, string>>): string {
  const entries = Object.entries(record).map(([key, text]) => `${key}: ${text}`);
  return `{${entries.join(", ")}}`;
}
