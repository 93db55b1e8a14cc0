import type { Gate } from "../../results/promotion.ts";

/** Stops a promotion at the first gate that fails. */
export class GateFailed extends Error {
  readonly gate: Gate;

  constructor(gate: Gate) {
    super(gate.detail);
    this.gate = gate;
  }
}
