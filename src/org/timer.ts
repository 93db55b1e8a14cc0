import { setTimeout as pause } from "node:timers/promises";

/** The time, and how it passes: a test has one of its own. */
export interface Timer {
  /** Milliseconds since the epoch. */
  now(): number;
  wait(milliseconds: number): Promise<unknown>;
}

/** The machine's own. */
export const machineTimer: Timer = { now: () => Date.now(), wait: (milliseconds) => pause(milliseconds) };
