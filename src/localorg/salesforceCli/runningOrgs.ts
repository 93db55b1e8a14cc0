import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Global } from "@salesforce/core/global";
import type { OrgBehaviour } from "../behaviour.ts";
import type { Authorization } from "./authorizations.ts";

/** One running org, as people need it. Holds no token. */
export interface RunningOrgEntry extends Authorization {
  id: string;
  name: string;
  isSandbox: boolean;
  myDomainUrl: string;
  cpqUrl: string;
}

/** The process that serves local orgs, and what it added to the Salesforce CLI. */
export interface RunningOrgsRecord {
  pid: number;
  startedAt: string;
  /** How the orgs were asked to behave. */
  behaviour: Partial<OrgBehaviour>;
  orgs: RunningOrgEntry[];
}

const path = () => join(Global.SF_DIR, "cpq-localorg.json");

/** What was recorded last, or undefined. A file that cannot be understood counts as none, and is removed. */
export async function readRecord(): Promise<RunningOrgsRecord | undefined> {
  const text = await readFile(path(), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    const record = JSON.parse(text) as RunningOrgsRecord | null;
    if (Number.isInteger(record?.pid) && Array.isArray(record?.orgs)) return record as RunningOrgsRecord;
  } catch {
    // Not even JSON.
  }
  await rm(path(), { force: true });
  return undefined;
}

/**
 * Records the running orgs, readable only by their owner.
 *
 * @throws Error if another process has recorded its orgs
 */
export async function addRecord(record: RunningOrgsRecord): Promise<void> {
  await mkdir(dirname(path()), { recursive: true });
  const unfinished = `${path()}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  try {
    // Unlike a rename, a link never replaces: of two that start at once, one wins.
    await link(unfinished, path());
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw new Error("Other local orgs were started at the same moment.");
  } finally {
    await rm(unfinished, { force: true });
  }
}

/** Whether this very record, and not one of a later start, is still there. */
export async function isRecorded({ pid, startedAt }: RunningOrgsRecord): Promise<boolean> {
  const current = await readRecord();
  return current?.pid === pid && current.startedAt === startedAt;
}

/** Removes this record; one of a later start stays. */
export async function removeRecord(record: RunningOrgsRecord): Promise<void> {
  if (await isRecorded(record)) await rm(path(), { force: true });
}

/** Whether the recorded process still serves its orgs: another process may have got its number since. */
export async function isRunning(record: RunningOrgsRecord): Promise<boolean> {
  const [first] = record.orgs;
  if (first === undefined || !processExists(record.pid)) return false;
  const url = `${first.myDomainUrl}/.well-known/openid-configuration`;
  const issuer = await fetch(url, { signal: AbortSignal.timeout(10_000 + (record.behaviour?.latency ?? 0)) })
    .then(async (answer) => ((await answer.json()) as { issuer?: string }).issuer)
    .catch(() => undefined);
  return issuer === first.myDomainUrl;
}

/** Whether a process of this number exists. One that has ended stays until somebody asks for its exit code. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
