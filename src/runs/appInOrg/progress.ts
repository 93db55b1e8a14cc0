/** The stages of a deploy, in their order. */
export const stages = ["read", "compare", "deploy", "verify"] as const;
export type Stage = (typeof stages)[number];

/** Where a run reports its progress. */
export interface Progress {
  start(stage: Stage): void;
  /** What the running stage is doing, in a few words. Shown only if the next detail can replace it. */
  detail(text: string): void;
  /** Why the run is waiting. Always shown. */
  wait(text: string): void;
  skip(stage: Stage): void;
  /** Ends the display: all stages are done, or the running one failed. */
  end(outcome: "completed" | "failed"): void;
}

/** Shows nothing. */
export const silentProgress: Progress = {
  start: () => {},
  detail: () => {},
  wait: () => {},
  skip: () => {},
  end: () => {},
};
