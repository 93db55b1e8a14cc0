/** How much a difference matters: who may get in, whether the callers still work, or how the app looks. */
export type Severity = "security" | "function" | "appearance";

const order: readonly Severity[] = ["security", "function", "appearance"];

/** Sorts the more severe first. */
export function bySeverity(a: { severity: Severity }, b: { severity: Severity }): number {
  return order.indexOf(a.severity) - order.indexOf(b.severity);
}
