import { ipRangeText, parseIpRange } from "../app/ipRange.ts";
import type { SettingRecord } from "../app/settings.ts";

/** Translates between the elements within a repeated element and a record. */
export interface RecordCodec {
  /** Names of the elements that it understands. */
  children: readonly string[];
  /** From the texts by element name. An element without text is missing. */
  read(texts: SettingRecord): SettingRecord;
  write(record: SettingRecord): SettingRecord;
}

/** A record whose keys are the elements' names. */
export function plainRecord(...children: string[]): RecordCodec {
  return { children, read: (texts) => texts, write: (record) => record };
}

/** An IP range with an optional description; first and last address have an element each. */
export function ipRangeRecord(start: string, end: string): RecordCodec {
  return {
    children: ["description", end, start],
    read: (texts) => ({
      range: ipRangeText({ start: texts[start] ?? "", end: texts[end] ?? "" }),
      ...description(texts),
    }),
    write: (record) => {
      const bounds = parseIpRange(record.range ?? "");
      if ("problem" in bounds) throw new Error(`No IP range: ${record.range}`);
      return { ...description(record), [end]: bounds.end, [start]: bounds.start };
    },
  };
}

function description({ description: text }: SettingRecord): SettingRecord {
  return text === undefined ? {} : { description: text };
}
