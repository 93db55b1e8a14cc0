import type { JournalContent } from "../../results/journal.ts";

/** What the runs that a journal tells of changed in the org. */
export interface OwnChange {
  /** Whether nobody knows how one of their deploys ended. */
  isUncertain: boolean;
  /** When the last deploy that changed something ended, by the org's clock; undefined if none did. */
  at: string | undefined;
}

/** What a run that did not end well, and those that it went on with, changed in the org. Pure. */
export function ownChangeOf({ steps, before }: Pick<JournalContent, "steps" | "before">): OwnChange {
  const deploys = steps.flatMap((step) => step.deploys);
  const made = deploys.filter(({ status }) => status === "Succeeded" || status === "SucceededPartial");
  const times = [before?.ownChangeAt, ...made.map(({ endedAt, sentAt }) => endedAt ?? sentAt)];
  const [at] = times.filter((time) => time !== undefined).sort((a, b) => Date.parse(b) - Date.parse(a));
  return { isUncertain: deploys.some(({ status }) => status === undefined), at };
}
