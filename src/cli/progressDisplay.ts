import type { Progress, Stage } from "../runs/appInOrg/progress.ts";
import { silentProgress, stages } from "../runs/appInOrg/progress.ts";

/**
 * The display that fits: live stages in a terminal, a plain line for each stage elsewhere, nothing with `--json`. It goes
 * to standard error where it is plain, so that a pipe gets only the result.
 */
export async function progressDisplay(
  title: string,
  json: boolean,
  log: (line: string) => void,
): Promise<Progress> {
  if (json) return silentProgress;
  const live = process.stdout.isTTY && process.stderr.isTTY && !process.env.CI && process.env.TERM !== "dumb";
  return live ? liveDisplay(title) : plainDisplay(log);
}

function plainDisplay(log: (line: string) => void): Progress {
  return { ...silentProgress, start: (stage) => log(`${stage} …`), wait: (text) => log(`  ${text}`) };
}

const labels: Readonly<Record<Stage, string>> = {
  "Read org": "Org",
  Compare: "Plan",
  Deploy: "Status",
  Verify: "Waiting",
};

// The library behind it is loaded only here: it is a third of the start-up time of a command.
async function liveDisplay(title: string): Promise<Progress> {
  const { MultiStageOutput } = await import("@oclif/multi-stage-output");
  const output = new MultiStageOutput<Partial<Record<Stage, string>>>({
    title,
    stages: [...stages],
    showElapsedTime: true,
    showStageTime: false,
    jsonEnabled: false,
    stageSpecificBlock: stages.map((stage) => ({
      stage,
      type: "dynamic-key-value",
      label: labels[stage],
      get: (data) => data?.[stage],
    })),
  });
  let running: Stage = stages[0];
  let skipped: Stage | undefined;
  const show = (text: string) => output.updateData({ [running]: text });
  return {
    start: (stage) => {
      if (skipped === undefined) output.goto(stage);
      else output.skipTo(stage);
      running = stage;
      skipped = undefined;
    },
    detail: show,
    wait: show,
    skip: (stage) => {
      skipped = stage;
    },
    end: (outcome) => {
      if (skipped !== undefined) output.goto(skipped);
      output.stop(skipped === undefined ? outcome : "skipped");
    },
  };
}
