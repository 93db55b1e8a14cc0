import { messagesOf } from "../messages.ts";
import type { DriftProgress } from "../runs/drift/drift.ts";

const messages = messagesOf("connectedapp.drift");

/**
 * Shows how far a check is: in a terminal, one line that changes; elsewhere, a line for every tenth of the orgs; with
 * `--json`, nothing. It goes to standard error, so that a pipe gets only the report.
 */
export function driftProgress(json: boolean): (progress: DriftProgress) => void {
  if (json) return () => {};
  const started = Date.now();
  const live = process.stderr.isTTY && !process.env.CI && process.env.TERM !== "dumb";
  let lastTenth = 0;
  return (progress) => {
    const { done, orgs } = progress;
    if (orgs < 2) return;
    if (live) {
      const text = done === orgs ? "" : withTimeLeft(progress, Date.now() - started);
      process.stderr.write(`\r\u001b[K${text}`);
      return;
    }
    const tenth = Math.floor((10 * done) / orgs);
    if (tenth === lastTenth || done === 0) return;
    lastTenth = tenth;
    process.stderr.write(`${textOf(progress)}\n`);
  };
}

function textOf({ done, orgs, drifted, unchecked }: DriftProgress): string {
  return messages.getMessage("progress", [done, orgs, drifted, unchecked]);
}

function withTimeLeft(progress: DriftProgress, milliseconds: number): string {
  const { done, orgs } = progress;
  const text = textOf(progress);
  if (done === 0) return text;
  const seconds = Math.ceil(((milliseconds / done) * (orgs - done)) / 1000);
  return messages.getMessage("progress.withTimeLeft", [text, seconds]);
}
