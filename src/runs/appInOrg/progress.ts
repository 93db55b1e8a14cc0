/** The stages of a deploy, in their order. */
export const stages = ["read", "compare", "deploy", "verify"] as const;
export type Stage = (typeof stages)[number];

/** Where a run tells how far it is. */
export interface Progress {
  start(stage: Stage): void;
  /** What the running stage is at, in a few words; shown only where it can be replaced by the next one. */
  detail(text: string): void;
  /** Why the run goes on waiting; always shown. */
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
