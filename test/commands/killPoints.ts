import { createHash } from "node:crypto";
import fs, { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { basename, dirname, join, relative } from "node:path";
import { serialize } from "node:v8";
import type { Org } from "../../src/localorg/org.ts";
import { remember } from "./tampering.ts";

/** What is left if the machine dies at one moment of a run. */
export interface KillPoint {
  /** The moment: what the run was about to do, and whether the org has done it. */
  title: string;
  /** Puts the disk and the org into that state. */
  restore(): void;
}

/**
 * Does some work in this process, and tells all states in which kill -9 can leave the disk and the org: before each
 * request and each file that is put in place or removed, and after the org has done what a request asks for, while its
 * answer is still on the way. What is equal is told once.
 * Locks are left out: a process that is gone holds none, which `interruptedRuns.test.ts` proves with real ones.
 *
 * @param files of the home folder that the work writes besides those of the Salesforce CLI's folder
 */
export async function killPointsOf(
  { org, home, files }: { org: Org; home: string; files: readonly string[] },
  work: () => Promise<unknown>,
): Promise<KillPoint[]> {
  const moments: { what: string; disk: Disk; org: { restore: () => void; digest: string } }[] = [];
  const { behaviour } = org;
  const { latency } = behaviour;
  const { renameSync, rmSync } = fs;
  const take = (what: string) => {
    const { connectedApps, components } = org;
    const digest = serialize({ connectedApps, components }).toString("base64");
    const restoreApps = remember(org);
    const deployments = [...org.deployments].map(([id, deployment]) => [id, { ...deployment }] as const);
    const restore = () => {
      restoreApps();
      org.deployments = new Map(deployments.map(([id, deployment]) => [id, { ...deployment }]));
    };
    // Nobody would end a deploy that is running at this moment.
    if (deployments.some(([, { completedAt }]) => completedAt === undefined)) return;
    moments.push({ what, disk: diskOf(home, files), org: { restore, digest } });
  };
  // The local org reads it at the begin of each request.
  Object.defineProperty(behaviour, "latency", {
    configurable: true,
    get: () => {
      take("a request");
      return latency;
    },
  });
  // Files are written whole: what is renamed is in place.
  fs.renameSync = (from, to) => {
    take(`${basename(String(to))} is in place`);
    renameSync(from, to);
  };
  fs.rmSync = (path, options) => {
    if (/\.(json|yaml)$/.test(String(path))) take(`${basename(String(path))} is removed`);
    rmSync(path, options);
  };
  syncBuiltinESMExports();
  try {
    await work();
  } finally {
    Object.assign(fs, { renameSync, rmSync });
    syncBuiltinESMExports();
    Object.defineProperty(behaviour, "latency", { configurable: true, writable: true, value: latency });
  }
  const seen = new Set<string>();
  return moments.flatMap(({ what, disk, org: before }, index) => {
    const after = moments[index + 1]?.org ?? before;
    return [
      { title: `${index}: before ${what}`, left: before },
      { title: `${index}: the org has done what it was asked for, and has not answered`, left: after },
    ].flatMap(({ title, left }) => {
      const digest = createHash("sha256").update(disk.digest).update(left.digest).digest("base64");
      if (seen.has(digest)) return [];
      seen.add(digest);
      const restore = () => {
        left.restore();
        disk.restore();
      };
      return [{ title, restore }];
    });
  });
}

interface Disk {
  restore(): void;
  digest: string;
}

function diskOf(home: string, files: readonly string[]): Disk {
  const folder = join(home, ".sf");
  const names = () =>
    existsSync(folder)
      ? readdirSync(folder, { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile() && /cpq-/.test(join(entry.parentPath, entry.name)))
          .map((entry) => relative(home, join(entry.parentPath, entry.name)))
          .filter((name) => name.endsWith(".json"))
      : [];
  const contents = [...names(), ...files].map((name) => ({
    name,
    text: readFileSync(join(home, name), "utf8"),
    mode: statSync(join(home, name)).mode,
  }));
  return {
    digest: JSON.stringify(contents.map(({ name, text }) => [name, withoutTimes(text)])),
    restore: () => {
      for (const name of names()) fs.rmSync(join(home, name));
      for (const { name, text, mode } of contents) {
        mkdirSync(dirname(join(home, name)), { recursive: true });
        writeFileSync(join(home, name), text, { mode });
      }
    },
  };
}

/** Two states that differ in nothing but the time are one. */
function withoutTimes(text: string): string {
  return text.replace(/"\d{4}-\d\d-\d\dT[\d:.]+Z"/g, '""');
}
