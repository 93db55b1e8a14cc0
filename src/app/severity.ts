/** What a difference affects: who can get in, whether callers still work, or only how the app looks. */
export type Severity = "security" | "function" | "appearance";

const order: readonly Severity[] = ["security", "function", "appearance"];

/** Sorts the most severe first. */
export function bySeverity(a: { severity: Severity }, b: { severity: Severity }): number {
  return order.indexOf(a.severity) - order.indexOf(b.severity);
}
