import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readdirSync, utimesSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { tryLock } from "../../../src/files/processLock.ts";
import { folderWith } from "../../temporaryFolders.ts";

const holder = (changes: object) =>
  JSON.stringify({
    pid: 1,
    host: "other.example.com",
    command: "deploy",
    since: "2026-01-01",
    token: "t",
    ...changes,
  });

/** A process that has ended: nobody else gets its number so soon. */
async function endedProcess(): Promise<number> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  return child.pid ?? 0;
}

function runningProcess(): number {
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "ignore" });
  onTestFinished(() => void child.kill());
  return child.pid ?? 0;
}

test("a lock has one holder, and says who it is", async () => {
  const folder = folderWith({});
  const file = join(folder, "new", "app.lock");
  const [one, other] = await Promise.all([tryLock(file, "one"), tryLock(file, "other")]);
  const [first, second] = "release" in one ? [one, other] : [other, one];
  expect(second).toMatchObject({
    holder: { pid: process.pid, host: hostname(), command: expect.any(String) },
  });
  if ("release" in first) first.release();
  expect(readdirSync(join(folder, "new"))).toEqual([]);
  const third = await tryLock(file, "third");
  expect(third).toHaveProperty("release");
  // A holder that releases twice takes nothing from the next one.
  if ("release" in first) first.release();
  expect(existsSync(file)).toBe(true);
  if ("release" in third) third.release();
});

test.each([
  { of: "a process that runs", change: () => ({ pid: runningProcess(), host: hostname() }), isFree: false },
  { of: "a process of another machine", change: () => ({}), isFree: false },
  {
    of: "a process that has ended",
    change: async () => ({ pid: await endedProcess(), host: hostname() }),
    isFree: true,
  },
  {
    of: "a process that had our number",
    change: () => ({ pid: process.pid, host: hostname() }),
    isFree: true,
  },
  { of: "a process that has been silent for long", change: () => ({}), silent: 11 * 60_000, isFree: true },
  { of: "nobody, because it cannot be read", change: () => ({ pid: "?" }), isFree: true },
])("a lock of $of: free is $isFree", async ({ change, isFree, silent = 0 }) => {
  const file = join(folderWith({}), "app.lock");
  writeFileSync(file, holder(await change()));
  const at = new Date(Date.now() - silent);
  utimesSync(file, at, at);
  const attempt = await tryLock(file, "next");
  expect("release" in attempt).toBe(isFree);
  if ("release" in attempt) attempt.release();
});
