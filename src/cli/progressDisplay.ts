import { terminalText } from "../app/visibleText.ts";
import { messagesOf } from "../messages.ts";
import type { Progress, Stage } from "../runs/appInOrg/progress.ts";
import { silentProgress, stages } from "../runs/appInOrg/progress.ts";

const messages = messagesOf("deploy");

/**
 * The display that fits: live stages in a terminal, a plain line for each stage elsewhere, nothing with `--json`. Plain
 * lines go to standard error, so that a pipe gets only the result.
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
  return {
    ...silentProgress,
    start: (stage) => log(`${titleOf(stage)} …`),
    wait: (text) => log(`  ${text}`),
  };
}

function titleOf(stage: Stage): string {
  return messages.getMessage(`stage.${stage}`);
}

/** Between a mark and its stage. */
const space = { paddingRight: 1 };

// The library behind it is loaded only here: it is a third of the start-up time of a command.
async function liveDisplay(title: string): Promise<Progress> {
  const { MultiStageOutput } = await import("@oclif/multi-stage-output");
  const output = new MultiStageOutput<Partial<Record<Stage, string>>>({
    title,
    stages: stages.map(titleOf),
    showElapsedTime: true,
    showStageTime: false,
    jsonEnabled: false,
    design: { icons: { completed: space, pending: space } },
    stageSpecificBlock: stages.map((stage) => ({
      stage: titleOf(stage),
      type: "dynamic-key-value",
      label: messages.getMessage(`stage.${stage}.detail`),
      get: (data) => data?.[stage],
    })),
  });
  let running: Stage = stages[0];
  let skipped: Stage | undefined;
  let told = true;
  let isOver = false;
  const show = (text: string) => {
    told = true;
    if (isOver) return;
    output.updateData({ [running]: terminalText(text) });
  };
  // What is never told would go on spinning under a stage that is done.
  const leave = () => {
    if (!told) show(messages.getMessage("stage.nothing"));
  };
  return {
    start: (stage) => {
      if (isOver) return;
      leave();
      if (skipped === undefined) output.goto(titleOf(stage));
      else output.skipTo(titleOf(stage));
      running = stage;
      skipped = undefined;
      told = false;
    },
    detail: show,
    wait: show,
    skip: (stage) => {
      skipped = stage;
    },
    end: (outcome) => {
      if (isOver) return;
      // Whether anything was waited for says nothing of a failure, unlike the other details.
      if (outcome === "completed" || running === "verify") leave();
      if (skipped !== undefined) output.goto(titleOf(skipped));
      isOver = true;
      output.stop(skipped === undefined ? outcome : "skipped");
    },
  };
}
