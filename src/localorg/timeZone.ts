import { type Weekday, weekdays } from "./org.ts";

/** The time zone of each local org and of its users. */
export const timeZone = "America/Los_Angeles";

/**
 * The day and the minutes since midnight in the org's time zone.
 *
 * @param at milliseconds since the epoch
 */
export function orgTime(at: number): { weekday: Weekday; minute: number } {
  const format = new Intl.DateTimeFormat("en-US", {
    timeZone,
    weekday: "long",
    hour: "numeric",
    minute: "numeric",
    hourCycle: "h23",
  });
  const parts = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, value]));
  const weekday = weekdays.find((day) => day === parts.weekday?.toLowerCase()) ?? "sunday";
  return { weekday, minute: Number(parts.hour) * 60 + Number(parts.minute) };
}
