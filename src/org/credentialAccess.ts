import { rmSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { readJsonFile } from "../files/jsonFile.ts";
import { type LockHolder, tryLock, waitForLock } from "../files/processLock.ts";
import { isFileError, writeWhole } from "../files/wholeFile.ts";
import { messagesOf } from "../messages.ts";
import { componentType } from "../metadata/componentType.ts";
import type { MetadataFile } from "../metadata/kind.ts";
import { element, textsAt, withTexts, type XmlElement } from "../metadata/xmlElement.ts";
import { timeText } from "../results/times.ts";
import { SfError } from "../sfError.ts";
import type { TargetOrg } from "./connect.ts";
import { deployFiles, refusalReason } from "./deployFiles.ts";
import { retrieveFiles } from "./retrieve.ts";

const settings = componentType({ type: "Settings", newName: (name) => name });
const access = "enableClientSecretInRestApiAccess";
const waitMilliseconds = 10 * 60_000;
const mostTries = 3;

/** How it is kept in mind that access is on and has to be put back. */
export interface AccessKeeping {
  /** Folder of this machine for what outlives a run. */
  folder: string;
  /** The command line that asks for it. */
  command: string;
  /** Milliseconds since the epoch until which another run that has switched access on is waited for. */
  deadline: number;
  /** Registers what has to be done if the run is interrupted; returns what takes that back. Throws if it was by now. */
  onInterrupt(undo: () => Promise<void>): () => void;
}

/** That access is on only because of a run. Its former value is always "off". */
const recordSchema = z.object({ schemaVersion: z.literal(1), since: z.string(), command: z.string() });

/**
 * Does some work while REST clients can read consumer secrets of the org, and then switches access off again if the work
 * needed it, even if the work fails or is interrupted. That it is on is written down before, so after a crash the next
 * run puts it back, and never takes it for the org's own value.
 *
 * @param work is told whether access was switched on for it
 * @throws SfError `CredentialAccessNotSetError` if the org refuses the setting, `CredentialAccessBusyError` if another run
 *   needs it for too long, `CredentialAccessLeftOnError` if it cannot be put back; what the work throws
 */
export async function withCredentialAccess<Result>(
  org: TargetOrg,
  keeping: AccessKeeping,
  work: (isNew: boolean) => Promise<Result>,
): Promise<Result> {
  const { deadline, command, onInterrupt } = keeping;
  const { record, lock } = filesOf(org, keeping);
  const attempt = await waitForLock(lock, command, { deadline, onHolder: () => {} });
  if ("holder" in attempt) throw busy(org, attempt.holder);
  try {
    const former = await readSettings(org);
    const isOn = isTrue(former);
    if (isOn && recordIn(record) === undefined) return await work(false);
    let switched: Promise<void> | undefined;
    const putBack = once(async () => {
      if (switched === undefined) return;
      // Something that is still on its way must not arrive after what puts it back.
      await switched.catch(() => {});
      await switchOff(org, former);
      rmSync(record, { force: true });
    });
    const forget = onInterrupt(putBack);
    try {
      const content = { schemaVersion: 1, since: new Date().toISOString(), command };
      writeWhole(record, `${JSON.stringify(content, null, 2)}\n`, 0o600);
      switched = isOn ? Promise.resolve() : deployAccess(org, former, "true");
      await switched;
      return await work(true);
    } finally {
      await putBack().finally(forget);
    }
  } finally {
    attempt.release();
  }
}

/**
 * Puts access back that a run left on which was killed.
 *
 * @returns a sentence for people if there was something to put back
 * @throws SfError `CredentialAccessLeftOnError` if the org does not take it
 */
export async function restoreCredentialAccess(
  org: TargetOrg,
  keeping: Pick<AccessKeeping, "folder" | "command">,
): Promise<string[]> {
  const { record, lock } = filesOf(org, keeping);
  if (recordIn(record) === undefined) return [];
  const attempt = await tryLock(lock, keeping.command);
  // Somebody uses it at the moment, and will put it back.
  if ("holder" in attempt) return [];
  try {
    const left = recordIn(record);
    if (left === undefined) return [];
    // Also if it seems to be off: what switches it on may still be on its way, and the org works in turn.
    await switchOff(org, await readSettings(org));
    rmSync(record, { force: true });
    return [messagesOf("org").getMessage("accessPutBack", [left.command, timeText(left.since), org.name])];
  } finally {
    attempt.release();
  }
}

function filesOf({ id }: TargetOrg, { folder }: Pick<AccessKeeping, "folder">) {
  const base = join(folder, `${id}.credentialAccess`);
  return { record: `${base}.json`, lock: `${base}.lock` };
}

/** A record that cannot be read says as much: access was on. */
function recordIn(file: string): z.output<typeof recordSchema> | undefined {
  try {
    return readJsonFile(file, recordSchema);
  } catch (error) {
    return isFileError(error, "ENOENT") ? undefined : { schemaVersion: 1, since: "?", command: "?" };
  }
}

async function readSettings(org: TargetOrg): Promise<XmlElement> {
  const [file] = await retrieveFiles(org, [settings], "ExternalClientApp");
  return file?.content ?? element("ExternalClientAppSettings");
}

const isTrue = (content: XmlElement) => textsAt(content, [access])[0] === "true";

/** It may be done twice, so a lost answer is no reason to give up. */
async function switchOff(org: TargetOrg, content: XmlElement): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await deployAccess(org, content, "false");
    } catch (error) {
      if (tries < mostTries) continue;
      const { message } = SfError.wrap(error);
      throw messagesOf("org").createError("credentialAccessLeftOn", [org.name, message]);
    }
  }
}

async function deployAccess(org: TargetOrg, content: XmlElement, value: "true" | "false"): Promise<void> {
  const changed = withTexts(content, [access], [value]);
  const file: MetadataFile = { component: settings, fullName: "ExternalClientApp", content: changed };
  const request = { checkOnly: false, deadline: Date.now() + waitMilliseconds };
  const { success, failures, status } = await deployFiles(org, [file], request);
  if (success) return;
  const reason = refusalReason(failures, status);
  throw messagesOf("org").createError("credentialAccessNotSet", [org.name, value, reason]);
}

function busy({ name }: TargetOrg, { command, pid, host, since }: LockHolder): SfError {
  return messagesOf("org").createError("credentialAccessBusy", [name, command, pid, host, timeText(since)]);
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= work();
    return done;
  };
}
