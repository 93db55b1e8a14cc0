/** A span of time, both ends included, in milliseconds since the epoch. */
export interface DateRange {
  from: number;
  to: number;
}

type Unit = "DAY" | "WEEK" | "MONTH" | "QUARTER" | "YEAR";

const fixedSpans: Record<string, [unit: Unit, first: number, last: number]> = {
  YESTERDAY: ["DAY", -1, -1],
  TODAY: ["DAY", 0, 0],
  TOMORROW: ["DAY", 1, 1],
  LAST_90_DAYS: ["DAY", -90, 0],
  NEXT_90_DAYS: ["DAY", 1, 90],
};

/**
 * The span of a SOQL date literal, in UTC. The fiscal year is the calendar year.
 *
 * @param literal Such as `TODAY`, `LAST_MONTH` or `LAST_N_DAYS:7`; upper case.
 * @param now Milliseconds since the epoch.
 * @see https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_dateformats.htm
 */
export function dateLiteralRange(literal: string, now: number): DateRange | undefined {
  const [name = "", count = ""] = literal.replace("FISCAL_", "").split(":");
  const span = fixedSpans[name] ?? relativeSpan(name, Number(count));
  if (!span) return undefined;
  const [unit, first, last] = span;
  return { from: startOf(unit, now, first), to: startOf(unit, now, last + 1) - 1 };
}

function relativeSpan(name: string, count: number): [Unit, number, number] | undefined {
  const near = /^(LAST|THIS|NEXT)_(WEEK|MONTH|QUARTER|YEAR)$/.exec(name);
  if (near) {
    const offset = { LAST: -1, THIS: 0, NEXT: 1 }[near[1] as "LAST" | "THIS" | "NEXT"];
    return [near[2] as Unit, offset, offset];
  }
  const far = /^(?:(LAST|NEXT)_N_)?(?:N_)?(DAY|WEEK|MONTH|QUARTER|YEAR)S(_AGO)?$/.exec(name);
  if (!far || !Number.isInteger(count)) return undefined;
  const unit = far[2] as Unit;
  if (far[3]) return [unit, -count, -count];
  // The last n days reach up to now, the last n months end before this one.
  return far[1] === "LAST" ? [unit, -count, unit === "DAY" ? 0 : -1] : [unit, 1, count];
}

function startOf(unit: Unit, now: number, offset: number): number {
  const date = new Date(now);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (unit) {
    case "DAY":
      return Date.UTC(year, month, day + offset);
    case "WEEK":
      return Date.UTC(year, month, day - date.getUTCDay() + 7 * offset);
    case "MONTH":
      return Date.UTC(year, month + offset, 1);
    case "QUARTER":
      return Date.UTC(year, month - (month % 3) + 3 * offset, 1);
    case "YEAR":
      return Date.UTC(year + offset, 0, 1);
  }
}
