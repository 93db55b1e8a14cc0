/** What has to be right before anything is deployed to the target, in the order in which it is looked at. */
export const gateIds = [
  "receipt",
  "sourceInSync",
  "sourceVerified",
  "targetReachable",
  "otherOrg",
  "orgType",
  "ownValues",
  "lint",
  "checkOnly",
  "confirmation",
] as const;

export type GateId = (typeof gateIds)[number];

/** A gate that was passed, or the one that was not. */
export interface Gate {
  id: GateId;
  outcome: "passed" | "failed" | "skipped";
  detail: string;
  actions: readonly string[];
}

/** Stops a promotion at the first gate that fails. */
export class GateFailed extends Error {
  readonly gate: Gate;

  constructor(gate: Gate) {
    super(gate.detail);
    this.gate = gate;
  }
}
