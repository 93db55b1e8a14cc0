import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { Global } from "@salesforce/core/global";
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
  orgs: RunningOrgEntry[];
}

const path = () => join(Global.SF_DIR, "cpq-localorg.json");

/** What was recorded last, or undefined. A file that cannot be understood counts as none. */
export async function readRecord(): Promise<RunningOrgsRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(path(), "utf8")) as RunningOrgsRecord;
    return Number.isInteger(record.pid) && Array.isArray(record.orgs) ? record : undefined;
  } catch {
    return undefined;
  }
}

/** Records the running orgs, readable only by their owner. */
export async function writeRecord(record: RunningOrgsRecord): Promise<void> {
  await mkdir(dirname(path()), { recursive: true });
  const unfinished = `${path()}.${process.pid}`;
  await writeFile(unfinished, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
  await rename(unfinished, path());
}

export async function removeRecord(): Promise<void> {
  await rm(path(), { force: true });
}

/** Whether the recorded process still serves its orgs: another process may have got its number since. */
export async function isRunning(record: RunningOrgsRecord): Promise<boolean> {
  const [first] = record.orgs;
  if (first === undefined || !processExists(record.pid)) return false;
  const url = `${first.myDomainUrl}/.well-known/openid-configuration`;
  const issuer = await fetch(url, { signal: AbortSignal.timeout(10_000) })
    .then(async (answer) => ((await answer.json()) as { issuer?: string }).issuer)
    .catch(() => undefined);
  return issuer === first.myDomainUrl;
}

/** Whether a process of this number exists. */
export function processExists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
