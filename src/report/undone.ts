import ansis from "ansis";
import { messagesOf } from "../messages.ts";
import type { Undone } from "../results/undone.ts";
import { verificationText } from "./verification.ts";

/** What `--abort` did, for a terminal. */
export function undoneText({ app, org, outcome, notes, done, leftAlone, formerApp }: Undone): string {
  const color = outcome === "leftAlone" ? ansis.yellow : ansis.green;
  return [
    ...notes,
    color(messagesOf("undo").getMessage(outcome, [app.name, org.name])),
    ...done,
    ...leftAlone,
    ...(formerApp === undefined ? [] : [verificationText(formerApp.checks)]),
  ].join("\n\n");
}
