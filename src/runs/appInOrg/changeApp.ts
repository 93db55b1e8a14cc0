import { join } from "node:path";
import { reasonOf } from "../../app/reasonOf.ts";
import { type LockHolder, waitForLock } from "../../files/processLock.ts";
import { messagesOf } from "../../messages.ts";
import { withinDeadline } from "../../network/retries.ts";
import type { TargetOrg } from "../../org/connect.ts";
import { restoreCredentialAccess } from "../../org/credentialAccess.ts";
import { awaitDeploy, findLostDeploy } from "../../org/startedDeploys.ts";
import type { JournalContent, JournalStep, RunState } from "../../results/journal.ts";
import { machineFolder } from "../../secrets/machineStore.ts";
import { SfError } from "../../sfError.ts";
import { type ChangedApp, type Journal, JournalFile, readJournal } from "./journal.ts";

/** How long to wait for another run, and where to say so. */
interface Patience {
  /** Milliseconds since the epoch. */
  deadline: number;
  onWait(text: string): void;
}

/**
 * Does what changes an app of an org: no other run of this machine changes it meanwhile, each step is written down
 * before it is made, and what the last run left is told first. On SIGINT and SIGTERM the run ends with an error that
 * says what was done, as every other error of it does.
 *
 * @throws SfError `AppLockedError` if another run has it beyond the deadline, `InterruptedError` (exit code 130), or what
 *   `work` throws, with the state of the run in its message and in `state`
 */
export async function changeApp<Result>(
  about: ChangedApp,
  { deadline, onWait }: Patience,
  work: (journal: Journal) => Promise<Result>,
): Promise<Result> {
  const { org, app, command } = about;
  const folder = join(machineFolder(), "cpq-runs");
  const file = join(folder, `${org.id}.${app.kind}.${app.name}`);
  const access = { folder, command, deadline };
  const release = await releaseOf(about, `${file}.lock`, { deadline, onWait });
  const signals = signalError();
  try {
    const former = readJournal(`${file}.json`);
    const notes = [
      ...(await restoreCredentialAccess(org, access)),
      ...(former === undefined ? [] : await notesOf(former, about, deadline)),
    ];
    for (const note of notes) onWait(note);
    const journal = new JournalFile(`${file}.json`, about, { notes, former, onNote: onWait }, access);
    try {
      const result = await Promise.race([withinDeadline(deadline, () => work(journal)), signals.raised]);
      journal.end();
      return result;
    } catch (error) {
      const leftOver = await journal.interrupt();
      const failure = withState(error, journal.content, leftOver);
      journal.end(failure.name);
      throw failure;
    }
  } finally {
    signals.ignore();
    release();
  }
}

async function releaseOf(
  { org, app, command }: ChangedApp,
  file: string,
  { deadline, onWait }: Patience,
): Promise<() => void> {
  const messages = messagesOf("journal");
  const valuesOf = ({ command, pid, host, since }: LockHolder) =>
    [app.name, org.name, command, pid, host, since] as const;
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

/** How the last run on this app ended, and what became of its deploys since. */
async function notesOf(former: JournalContent, { org }: ChangedApp, deadline: number): Promise<string[]> {
  const messages = messagesOf("journal");
  const { app, command, pid, host, startedAt, steps, ended } = former;
  const last = steps.at(-1)?.id;
  const about = [app.name, org.name, command, startedAt, pid, host] as const;
  const step = last === undefined ? "" : messages.getMessage(`step.${last}`);
  const how =
    ended === undefined
      ? messages.getMessage("former.killed", [...about, step])
      : messages.getMessage("former.failed", [...about, step, ended.error]);
  const open = steps.flatMap(({ deploys }) => deploys).filter(({ status }) => status === undefined);
  return [how, ...(await Promise.all(open.map((deploy) => endOf(org, deploy, deadline))))];
}

/** What became of a deploy of the last run, which may never have arrived. */
async function endOf(
  org: TargetOrg,
  { id: known, sentAt, components }: JournalStep["deploys"][number],
  deadline: number,
): Promise<string> {
  const messages = messagesOf("journal");
  const lost = { components, sentAt: Date.parse(sentAt), checkOnly: false, deadline };
  try {
    const id = known ?? (await findLostDeploy(org, lost));
    if (id === undefined) return messages.getMessage("former.deployLost", [sentAt, org.name]);
    return messages.getMessage("former.deploy", [id, await awaitDeploy(org, id, deadline)]);
  } catch (error) {
    return messages.getMessage("former.deployUnknown", [known ?? sentAt, reasonOf(error)]);
  }
}

/** The error with what the run had done by then, if anything: what is deployed, and where the secret is. */
function withState(thrown: unknown, content: JournalContent, leftOver: readonly string[]): SfError {
  const error = SfError.wrap(thrown);
  const { steps, stored, org, app, command: goOn } = content;
  const hasDone =
    stored !== undefined || steps.some(({ id, deploys }) => deploys.length > 0 || id === "stage");
  if (!hasDone && leftOver.length === 0 && error.name !== "InterruptedError") return error;
  const lines = [...stateLines(content), ...leftOver];
  const state: RunState = {
    org: org.name,
    app: app.name,
    steps,
    ...(stored === undefined ? {} : { stored }),
    goOn,
  };
  if (lines.length > 0) error.message = `${error.message}\n\n${lines.join("\n")}`;
  error.actions = [...(error.actions ?? []), messagesOf("journal").getMessage("goOn", [goOn])];
  return Object.assign(error, { state });
}

function stateLines({ steps, stored, org, app }: JournalContent): string[] {
  const messages = messagesOf("journal");
  const deploys = steps.flatMap((step) => step.deploys.map((deploy) => ({ ...deploy, step: step.id })));
  const running = steps.at(-1);
  const isOpen = running !== undefined && running.endedAt === undefined;
  return [
    ...(isOpen ? [messages.getMessage("state.step", [messages.getMessage(`step.${running.id}`)])] : []),
    ...deploys.map(({ id, status, step, sentAt }) =>
      id === undefined
        ? messages.getMessage("state.deploySent", [sentAt, org.name])
        : status === undefined
          ? messages.getMessage("state.deployOpen", [id, org.name, id])
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
