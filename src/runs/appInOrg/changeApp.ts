import { join } from "node:path";
import { reasonOf } from "../../app/reasonOf.ts";
import { shellWord } from "../../app/shellWord.ts";
import { type LockHolder, waitForLock } from "../../files/processLock.ts";
import { messagesOf } from "../../messages.ts";
import { withinDeadline } from "../../network/retries.ts";
import type { TargetOrg } from "../../org/connect.ts";
import { restoreCredentialAccess } from "../../org/credentialAccess.ts";
import { awaitDeploy, findLostDeploy } from "../../org/startedDeploys.ts";
import { fileFailure } from "../../project/fileFailure.ts";
import type { JournalContent, JournalStep, RunState } from "../../results/journal.ts";
import { timeText } from "../../results/times.ts";
import { machineFolder } from "../../secrets/machineStore.ts";
import { SfError } from "../../sfError.ts";
import { type ChangedApp, type Journal, JournalFile, readJournal } from "./journal.ts";
import { ownChangeOf } from "./ownChange.ts";

/** How long to wait for another run, and where to say so. */
interface Patience {
  /** Milliseconds since the epoch. */
  deadline: number;
  onWait(text: string): void;
  /**
   * Is told at once what the last run left, for a run that asks a question before it has a result. Elsewhere, the result
   * says it, or the error.
   */
  onNote?(text: string): void;
}

/**
 * Does what changes an app of an org: no other run of this machine changes it meanwhile, each step is written down
 * before it is made, and what the last run left is told first. On SIGINT and SIGTERM the run ends with an error that
 * says what was done, as every other error of it does.
 *
 * @throws SfError `NothingToResumeError`, `NothingToAbortError` or `OtherRunError` if the run is to end another one that is
 *   not there; `AppLockedError` if another run has it beyond the deadline, `InterruptedError` (exit code 130), or what
 *   `work` throws, with the state of the run in its message and in `state`
 */
export async function changeApp<Result>(
  about: ChangedApp,
  { deadline, onWait, onNote }: Patience,
  work: (journal: Journal) => Promise<Result>,
): Promise<Result> {
  const { org, command } = about;
  const folder = runsFolder();
  const file = fileOf(about);
  const access = { folder, command, deadline };
  const release = await releaseOf(about, `${file}.lock`, { deadline, onWait });
  const signals = signalError();
  try {
    const left = readJournal(`${file}.json`);
    const takeUp = async () => {
      const accessNotes = await restoreCredentialAccess(org, access);
      requireFormer(about, left);
      const { former, notes } = await endOfFormer(left, about, deadline);
      return { former, notes: [...accessNotes, ...notes] };
    };
    const { former, notes } = await Promise.race([takeUp(), signals.raised]).catch((error: unknown) => {
      throw withWaysOf(error, left, command);
    });
    const journal = new JournalFile(`${file}.json`, about, former, access);
    const tell = (note: string) => (onNote === undefined ? journal.notes.push(note) : onNote(note));
    for (const note of notes) tell(note);
    try {
      const result = await Promise.race([withinDeadline(deadline, () => work(journal)), signals.raised]);
      journal.end();
      return result;
    } catch (error) {
      const leftOver = await journal.interrupt();
      const isKept = isUnended(journal);
      const failure = withState(fileFailure(error), journal, { leftOver, isKept });
      journal.end(isKept ? failure.name : undefined);
      throw failure;
    }
  } finally {
    signals.ignore();
    release();
  }
}

const runsFolder = () => join(machineFolder(), "cpq-runs");

/** Path of what is kept of an app, without its ending. */
function fileOf({ org, app }: ChangedApp): string {
  return join(runsFolder(), `${org.id}.${app.kind}.${app.name}`);
}

async function releaseOf(
  { org, app, command }: ChangedApp,
  file: string,
  { deadline, onWait }: Patience,
): Promise<() => void> {
  const messages = messagesOf("journal");
  const valuesOf = ({ command, pid, host, since }: LockHolder) =>
    [app.name, org.name, command, pid, host, timeText(since)] as const;
  const onHolder = (holder: LockHolder) => onWait(messages.getMessage("waitingForRun", valuesOf(holder)));
  const attempt = await waitForLock(file, command, { deadline, onHolder });
  if ("release" in attempt) return attempt.release;
  throw messages.createError("appLocked", valuesOf(attempt.holder), [file]);
}

/** A promise that is rejected by the first SIGINT or SIGTERM. The second one ends the process at once. */
function signalError(): { raised: Promise<never>; ignore(): void } {
  const signals = ["SIGINT", "SIGTERM"] as const;
  const { promise: raised, reject } = Promise.withResolvers<never>();
  // It is waited for only while the run works.
  raised.catch(() => {});
  let isFirst = true;
  const onSignal = (signal: NodeJS.Signals) => {
    if (!isFirst) process.exit(130);
    isFirst = false;
    reject(messagesOf("journal").createError("interrupted", [signal], [], 130));
  };
  for (const signal of signals) process.on(signal, onSignal);
  const ignore = () => {
    for (const signal of signals) process.off(signal, onSignal);
  };
  return { raised, ignore };
}

/**
 * What is to be ended must be there, and be of the same run: another one meant something else.
 *
 * @throws SfError `NothingToResumeError`, `NothingToAbortError`, `OtherRunError`
 */
function requireFormer({ org, app, command, ending }: ChangedApp, former: JournalContent | undefined): void {
  if (ending === undefined) return;
  const messages = messagesOf("journal");
  const id = ending === "resume" ? "nothingToResume" : "nothingToAbort";
  if (former === undefined) throw messages.createError(id, [app.name, org.name]);
  const { goOn = former.command, undo } = former;
  // The same org can have several names.
  const meaningOf = (line: string, { name }: { name: string }) =>
    ending === "abort"
      ? line.split(" ").slice(0, 4).join(" ")
      : line.replace(` --target-org ${shellWord(name)}`, "");
  if (meaningOf(former.command, former.org) === meaningOf(command, org)) return;
  const error = messages.createError("otherRun", [app.name, org.name, former.command]);
  error.actions = waysOf({ goOn, undo });
  throw error;
}

/** How to go on with a run or, where nothing of it is left to be ended, to do it again; and how to undo it. */
function waysOf({ goOn, undo }: { goOn: string; undo?: string | undefined }, isKept = true): string[] {
  const messages = messagesOf("journal");
  return [
    messages.getMessage(isKept ? "goOn" : "again", [goOn]),
    ...(undo === undefined ? [] : [messages.getMessage("undo", [undo])]),
  ];
}

/** Whoever interrupts a run before its first step, has the one before it to end. */
function withWaysOf(thrown: unknown, former: JournalContent | undefined, command: string): SfError {
  const error = SfError.wrap(thrown);
  if (error.name === "InterruptedError")
    error.actions = waysOf(
      { goOn: former?.goOn ?? former?.command ?? command, undo: former?.undo },
      former !== undefined,
    );
  return error;
}

/** The same before the app is locked, for a run that does much before it changes anything. @throws SfError as there */
export function requireFormerOf(about: ChangedApp): void {
  requireFormer(about, readJournal(`${fileOf(about)}.json`));
}

/** How the last run on this app ended, and what became of its deploys since. */
async function endOfFormer(
  former: JournalContent | undefined,
  { org }: ChangedApp,
  deadline: number,
): Promise<{ former: JournalContent | undefined; notes: string[] }> {
  if (former === undefined) return { former, notes: [] };
  const messages = messagesOf("journal");
  const { app, command, pid, host, startedAt, steps, ended } = former;
  const last = steps.at(-1)?.id;
  const about = [app.name, org.name, command, timeText(startedAt), pid, host] as const;
  const step = last === undefined ? "" : messages.getMessage(`step.${last}`);
  const id = ended === undefined ? "killed" : ended.error === "InterruptedError" ? "interrupted" : "failed";
  const how =
    id === "failed"
      ? messages.getMessage("former.failed", [...about, step, ended?.error ?? ""])
      : messages.getMessage(`former.${id}`, [...about, step]);
  const notes = [how];
  const known = await Promise.all(
    steps.map(async (step) => {
      const ends = await Promise.all(
        step.deploys.map(async (deploy) => {
          if (deploy.status !== undefined) return [deploy];
          const end = await endOfDeploy(org, deploy, deadline);
          notes.push(end.note);
          return end.deploy === undefined ? [] : [end.deploy];
        }),
      );
      return { ...step, deploys: ends.flat() };
    }),
  );
  return { former: { ...former, steps: known }, notes };
}

type JournalDeploy = JournalStep["deploys"][number];

/** What became of a deploy of the last run; undefined if it never arrived. */
async function endOfDeploy(
  org: TargetOrg,
  deploy: JournalDeploy,
  deadline: number,
): Promise<{ note: string; deploy: JournalDeploy | undefined }> {
  const messages = messagesOf("journal");
  const { id: known, sentAt, components } = deploy;
  const lost = { components, sentAt: Date.parse(sentAt), checkOnly: false, deadline };
  try {
    const id = known ?? (await findLostDeploy(org, lost));
    if (id === undefined)
      return {
        note: messages.getMessage("former.deployLost", [timeText(sentAt), org.name]),
        deploy: undefined,
      };
    const { done, status, endedAt } = await awaitDeploy(org, id, deadline);
    if (!done)
      return { note: messages.getMessage("former.deployOpen", [id, status]), deploy: { ...deploy, id } };
    const note = messages.getMessage("former.deploy", [id, status]);
    return { note, deploy: { ...deploy, id, status, ...(endedAt === undefined ? {} : { endedAt }) } };
  } catch (error) {
    return {
      note: messages.getMessage("former.deployUnknown", [known ?? timeText(sentAt), reasonOf(error)]),
      deploy,
    };
  }
}

/**
 * The error with what the last run left, what this one had done by then, if anything, and how to go on or undo it. That
 * all of its deploys were refused, the error says itself.
 */
function withState(
  thrown: unknown,
  { content, notes }: JournalFile,
  { leftOver, isKept }: { leftOver: readonly string[]; isKept: boolean },
): SfError {
  const error = SfError.wrap(thrown);
  const { steps, stored, org, app, command } = content;
  const add = (lines: readonly string[]) => {
    if (lines.length > 0) error.message = `${error.message}\n\n${lines.join("\n")}`;
  };
  add(notes);
  const hasDone =
    stored !== undefined || steps.some(({ id, deploys }) => deploys.length > 0 || id === "stage");
  if (!hasDone && leftOver.length === 0 && error.name !== "InterruptedError") return error;
  add([...(isKept ? stateLines(content) : []), ...leftOver]);
  const goOn = (isKept ? content.goOn : undefined) ?? command;
  const undo = isKept && !steps.some(({ id }) => tooLateAfter.includes(id)) ? content.undo : undefined;
  const state: RunState = {
    org: org.name,
    app: app.name,
    steps,
    ...(stored === undefined ? {} : { stored }),
    goOn,
    ...(undo === undefined ? {} : { undo }),
  };
  error.actions = [...(error.actions ?? []), ...waysOf({ goOn, undo }, isKept)];
  return Object.assign(error, { state });
}

/**
 * Whether there is an end to be made: not for a run that wrote nothing down, or all of whose deploys the org refused. The
 * next one uses the key and secret that this machine may have by now.
 */
function isUnended({ content, former }: JournalFile): boolean {
  const { isUncertain, at } = ownChangeOf(content);
  const onlyDeployed = content.steps.every(({ id, deploys }) => id === "deploy" && deploys.length > 0);
  return former !== undefined || !onlyDeployed || isUncertain || at !== undefined;
}

/** Steps of a rotation after which callers may have the new key and secret. */
const tooLateAfter: readonly JournalStep["id"][] = ["makePrimary", "store"];

function stateLines({ steps, stored, org, app }: JournalContent): string[] {
  const messages = messagesOf("journal");
  const deploys = steps.flatMap((step) => step.deploys.map((deploy) => ({ ...deploy, step: step.id })));
  const running = steps.at(-1);
  const isOpen = running !== undefined && running.endedAt === undefined;
  return [
    ...(isOpen ? [messages.getMessage("state.step", [messages.getMessage(`step.${running.id}`)])] : []),
    ...deploys.map(({ id, status, step, sentAt }) =>
      id === undefined
        ? messages.getMessage("state.deploySent", [timeText(sentAt), org.name])
        : status === undefined
          ? messages.getMessage("state.deployOpen", [id, org.name, id, org.name])
          : messages.getMessage("state.deploy", [
              messages.getMessage(`step.${step}`),
              app.name,
              org.name,
              status,
              id,
            ]),
    ),
    ...(stored === undefined ? [] : [messages.getMessage("state.stored", [stored])]),
  ];
}
