import { rmSync } from "node:fs";
import { hostname } from "node:os";
import { reasonOf } from "../../app/reasonOf.ts";
import { readJsonFile } from "../../files/jsonFile.ts";
import { isFileError, writeWhole } from "../../files/wholeFile.ts";
import type { TargetOrg } from "../../org/connect.ts";
import type { AccessKeeping } from "../../org/credentialAccess.ts";
import type { DeployRequest } from "../../org/deployFiles.ts";
import { type JournalContent, type JournalStep, journalSchema } from "../../results/journal.ts";

/** What to do with the run before, which did not end well: what it meant, or take back what it did. */
export type Ending = "resume" | "abort";

/** The app that a run changes, and the command lines that go on with it and undo it. */
export interface ChangedApp {
  org: TargetOrg;
  app: { kind: JournalContent["app"]["kind"]; name: string };
  /** All flags are in it that change what the run means. */
  command: string;
  goOn: string;
  /** Undefined if nothing can undo it. */
  undo: string | undefined;
  /** Undefined too if the run finds out by itself what is to be ended. */
  ending?: Ending | undefined;
}

/** The command lines of a run that `--resume` and `--abort` end. */
export function endingsOf(command: string): Pick<ChangedApp, "command" | "goOn" | "undo"> {
  return { command, goOn: `${command} --resume`, undo: `${command} --abort` };
}

/** What a run keeps for whoever ends it. */
type Kept = Pick<JournalContent, "before" | "meant" | "assigned">;

/** Where a run writes down what it does, step by step, before it does it. */
export interface Journal {
  /** What the last run on this app left, and what became of it, a sentence each. */
  notes: readonly string[];
  /** What the last run wrote down, if it did not succeed. */
  former: JournalContent | undefined;
  /** How that one is to be ended, if the user says it. */
  ending: Ending | undefined;
  kept: Kept;
  /** Keeps it: from the first step on if there was none. */
  keep(kept: Kept): void;
  /** Does a step that may change the org. Once the run was interrupted, no further step begins. */
  step<Result>(id: JournalStep["id"], work: () => Promise<Result>): Promise<Result>;
  /** What a deploy reports to the journal. */
  deploys: Required<Pick<DeployRequest, "onSend" | "onRefuse" | "onStart" | "onEnd" | "onFound">>;
  /** How access to the org's consumer secrets is switched on; undefined in a run that changes nothing. */
  access: AccessKeeping | undefined;
  /** A consumer was put into a store. */
  stored(path: string | undefined): void;
}

/** Of a run that changes nothing. */
export const noJournal: Journal = {
  notes: [],
  former: undefined,
  ending: undefined,
  kept: {},
  keep: () => {},
  step: (_id, work) => work(),
  deploys: { onSend: () => {}, onRefuse: () => {}, onStart: () => {}, onEnd: () => {}, onFound: () => {} },
  access: undefined,
  stored: () => {},
};

/** The journal of one run as a file. It is there as soon as there is a step. */
export class JournalFile implements Journal {
  readonly file: string;
  readonly notes: string[] = [];
  readonly former: JournalContent | undefined;
  readonly ending: Ending | undefined;
  readonly deploys: Journal["deploys"] = {
    onSend: ({ sentAt, components }) =>
      this.#changeStep((step) => ({
        ...step,
        deploys: [...step.deploys, { sentAt: new Date(sentAt).toISOString(), components }],
      })),
    onRefuse: () => this.#changeStep((step) => ({ ...step, deploys: step.deploys.slice(0, -1) })),
    onStart: (id, known) => {
      this.#changeLastDeploy({ id });
      this.#known = known;
    },
    onEnd: (id, status, endedAt) => this.#changeLastDeploy({ id, status, ...(endedAt ? { endedAt } : {}) }),
    onFound: (text) => void this.notes.push(text),
  };
  readonly access: AccessKeeping;
  content: JournalContent;
  #interrupted = false;
  /** Settles when the CLI's own commands know the last deploy. */
  #known: Promise<void> = Promise.resolve();
  readonly #undos = new Set<() => Promise<void>>();

  constructor(
    file: string,
    { org, app, command, goOn, undo, ending }: ChangedApp,
    former: JournalContent | undefined,
    access: Omit<AccessKeeping, "onInterrupt">,
  ) {
    this.file = file;
    this.former = former;
    this.ending = ending;
    const onInterrupt = (undo: () => Promise<void>) => {
      if (this.#interrupted) throw new Error("Nothing further begins.");
      this.#undos.add(undo);
      return () => void this.#undos.delete(undo);
    };
    this.access = { ...access, onInterrupt };
    const fresh = {
      schemaVersion: 1 as const,
      type: "journal" as const,
      command,
      goOn,
      ...(undo === undefined ? {} : { undo }),
      org: { id: org.id, name: org.name, instanceUrl: org.instanceUrl },
      app: { kind: app.kind, name: app.name },
      steps: [],
    };
    // What undoes a run adds to its story, so that whatever stops it, it can be undone again.
    const { ended: _, ...begun }: Omit<JournalContent, "pid" | "host" | "startedAt"> =
      (ending === "abort" ? former : undefined) ?? fresh;
    this.content = { ...begun, pid: process.pid, host: hostname(), startedAt: now() };
  }

  get kept(): Kept {
    return this.content;
  }

  keep(kept: Kept): void {
    if (this.content.steps.length > 0) this.#write(kept);
    else this.content = { ...this.content, ...kept };
  }

  async step<Result>(id: JournalStep["id"], work: () => Promise<Result>): Promise<Result> {
    // Whoever interrupted the run has its answer already, so nobody waits for this.
    if (this.#interrupted) return new Promise(() => {});
    this.#write({ steps: [...this.content.steps, { id, startedAt: now(), deploys: [] }] });
    const result = await work();
    this.#changeStep((step) => ({ ...step, endedAt: now() }));
    return result;
  }

  stored(path: string | undefined): void {
    if (path !== undefined) this.#write({ stored: path });
  }

  /**
   * Nothing further begins, and what must not stay as it is, is put back. The CLI knows the deploy that people are told to ask
   * it for.
   *
   * @returns what could not be put back: the next run will, as it is written down
   */
  async interrupt(): Promise<string[]> {
    this.#interrupted = true;
    const undone = await Promise.allSettled([this.#known, ...[...this.#undos].map((undo) => undo())]);
    return undone.flatMap((result) => (result.status === "fulfilled" ? [] : [reasonOf(result.reason)]));
  }

  /** After success there is nothing to go on with. After a failure, the next run says how this one ended. */
  end(error?: string): void {
    if (error === undefined) rmSync(this.file, { force: true });
    else if (this.content.steps.length > 0) this.#write({ ended: { at: now(), error } });
  }

  /** Deploys of a step are made one after the other. */
  #changeLastDeploy(change: { id: string; status?: string; endedAt?: string }): void {
    this.#changeStep((step) => ({
      ...step,
      deploys: step.deploys.map((deploy, index) =>
        index === step.deploys.length - 1 ? { ...deploy, ...change } : deploy,
      ),
    }));
  }

  #changeStep(change: (step: JournalStep) => JournalStep): void {
    const last = this.content.steps.at(-1);
    if (last !== undefined) this.#write({ steps: [...this.content.steps.slice(0, -1), change(last)] });
  }

  #write(change: Partial<JournalContent>): void {
    if (this.#interrupted && change.ended === undefined) return;
    this.content = { ...this.content, ...change };
    writeWhole(this.file, `${JSON.stringify(this.content, null, 2)}\n`, 0o600);
  }
}

/** The journal that the last run left; undefined if it left none that can be read. */
export function readJournal(file: string): JournalContent | undefined {
  try {
    return readJsonFile(file, journalSchema);
  } catch (error) {
    if (!isFileError(error, "ENOENT")) rmSync(file, { force: true });
    return undefined;
  }
}

const now = () => new Date().toISOString();
