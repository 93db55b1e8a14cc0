import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import type { TargetOrg } from "../../org/connect.ts";
import type { JournalContent } from "../../results/journal.ts";
import { timeText } from "../../results/times.ts";
import type { Undone } from "../../results/undone.ts";
import { type AppInOrg, readAppInOrg } from "../appInOrg/appInOrg.ts";
import type { SpecInOrg } from "../appInOrg/connectOrgOf.ts";
import type { Journal } from "../appInOrg/journal.ts";
import { ownChangeOf } from "../appInOrg/ownChange.ts";
import { asBefore, mayBeChangedSince } from "./before.ts";
import { restoreApp, takeBack } from "./restoreApp.ts";

/** How a run is undone. */
export interface UndoRequest {
  journal: Journal;
  /** Milliseconds since the epoch until which the deploy, and the former app's propagation, may take. */
  deadline: number;
  /** Is told what is done, and why it takes time. */
  onStep(text: string): void;
}

/**
 * Undoes a deploy that did not end well: the app gets its former metadata back or, if the run made it, is deleted; and
 * the Run As user's permission set is taken away again. What somebody else has changed since is left alone.
 *
 * @throws SfError `UndoUncertainError` if nobody knows what the run did, `ChangeUnreadableError` if it cannot be read whether somebody
 *   has changed it since, `UndoFailedError` if the org does not take it back
 */
export async function undoDeploy(found: SpecInOrg, request: UndoRequest): Promise<Undone> {
  const { journal } = request;
  const former = requireKnown(found.org, journal.former);
  const app = await readAppInOrg(found);
  const { assigned } = former;
  const { at } = ownChangeOf(former);
  const before = former.before === undefined ? undefined : asBefore(app, former.before);
  if (at !== undefined && before !== undefined) requireReadable(app);
  const obstacle = at === undefined ? undefined : obstacleOf(app, before, at);
  const done =
    assigned === undefined ? [] : [messagesOf("undo").getMessage("assigned", [assigned.name, app.org.name])];
  if (at === undefined || before === undefined || obstacle !== undefined) {
    if (assigned !== undefined) await journal.step("restore", () => takeBack(app.org, assigned));
    const leftAlone = obstacle === undefined ? [] : [obstacle];
    const outcome = leftAlone.length > 0 ? "leftAlone" : assigned === undefined ? "unchanged" : "restored";
    return undoneOf(found.org, journal, { outcome, done, leftAlone });
  }
  const { notRestored, verification } = await restoreApp(before, { ...request, assigned, why: "abort" });
  if (notRestored.length > 0)
    throw messagesOf("undo").createError("undoFailed", [
      app.desired.name,
      app.org.name,
      notRestored.join("\n"),
    ]);
  const isRemoved = before.reading.actual === undefined;
  const { stored } = former;
  const kept = isRemoved && stored !== undefined ? [messagesOf("undo").getMessage("stored", [stored])] : [];
  return undoneOf(found.org, journal, {
    outcome: isRemoved ? "removed" : "restored",
    done,
    leftAlone: kept,
    ...(verification === undefined ? {} : { formerApp: verification }),
  });
}

/** What `--abort` of a run says that deletes a connected app: no org takes that back. */
export function undoDeletion(org: TargetOrg, journal: Journal): Undone {
  const former = requireKnown(org, journal.former);
  const isDeleted = ownChangeOf(former).at !== undefined;
  const leftAlone = isDeleted ? [messagesOf("undo").getMessage("deleted", [former.app.name, org.name])] : [];
  return undoneOf(org, journal, { outcome: isDeleted ? "leftAlone" : "unchanged", done: [], leftAlone });
}

function requireKnown(org: TargetOrg, former: JournalContent | undefined): JournalContent {
  if (former === undefined) throw new Error("Nothing can be undone without a journal.");
  if (ownChangeOf(former).isUncertain)
    throw messagesOf("undo").createError("undoUncertain", [former.app.name, org.name]);
  return former;
}

/** What cannot be read now, can be read later: the run stays to be undone. @throws SfError `ChangeUnreadableError` */
function requireReadable({ desired, org, reading }: AppInOrg): void {
  const { actual, lastChange, setupUnreadable } = reading;
  if (actual !== undefined && lastChange === undefined && setupUnreadable !== undefined)
    throw messagesOf("undo").createError("changeUnreadable", [desired.name, org.name, setupUnreadable]);
}

/** Why the former state is not put back, if it is not. */
function obstacleOf(app: AppInOrg, before: AppInOrg | undefined, at: string): string | undefined {
  const messages = messagesOf("undo");
  const { desired, org, reading } = app;
  const about = [desired.name, org.name] as const;
  if (before === undefined) return messages.getMessage("beforeUnknown", about);
  const { actual: former } = before.reading;
  if (reading.actual === undefined)
    return former === undefined ? undefined : messages.getMessage("gone", about);
  if (mayBeChangedSince(reading, at)) {
    const { lastChange } = reading;
    return lastChange === undefined
      ? messages.getMessage("changeUnknown", about)
      : messages.getMessage("changedSince", [...about, lastChange.by, timeText(lastChange.at)]);
  }
  const isOther = former !== undefined && former.consumerKey !== reading.actual.consumerKey;
  return isOther && kinds[desired.kind].consumer.madeBy === "tool"
    ? messages.getMessage("otherApp", [...about, former.consumerKey ?? "?"])
    : undefined;
}

function undoneOf(
  { id, name, instanceUrl }: TargetOrg,
  { former, notes }: Journal,
  done: Omit<Undone, "org" | "app" | "notes">,
): Undone {
  const app = { kind: former?.app.kind ?? "ConnectedApp", name: former?.app.name ?? "" };
  return { org: { id, name, instanceUrl }, app, notes, ...done };
}
