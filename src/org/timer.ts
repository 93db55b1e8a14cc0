import { setTimeout as pause } from "node:timers/promises";

/** The time, and how it passes. Tests have their own. */
export interface Timer {
  /** Milliseconds since the epoch. */
  now(): number;
  wait(milliseconds: number): Promise<unknown>;
}

/** The clock of this machine. */
export const machineTimer: Timer = { now: () => Date.now(), wait: (milliseconds) => pause(milliseconds) };
