import { describe, expect, test } from "vitest";
import { type Cell, chosen, faultCells, killCells, type RecordedRequest } from "./cells.ts";
import { type Baseline, faultsOfEnd, faultsOfKilled, verdict } from "./judge.ts";
import type { World } from "./world.ts";

/** A command, and what is there before it. */
export interface FaultCase {
  title: string;
  args: string[];
  /** Makes what must be there. */
  prepare?(world: World): Promise<void>;
  /** Once it is done, it cannot be done again, as a deletion. */
  isOnce?: boolean;
  /** The exit code without a fault; 0 if it is not named. */
  status?: number;
  /** How many of its cells are in the sample: with a fault, and with a signal. */
  sample: { faults: number; kills: number };
}

/** Tries the faults and signals at every request of a command; the requests are found by a run without any. */
export async function tryFaults(
  world: World,
  { title, args, prepare, status = 0, isOnce = false, sample }: FaultCase,
): Promise<void> {
  await prepare?.(world);
  const bringBack = world.remember();
  const command = ["cpq", "connectedapp", ...args, "--json"];
  const { base, requests } = await record(world, bringBack(), command);
  describe(`${title} (${requests.length} requests)`, () => {
    test("ends as it should without a fault", () => expect(base.status, base.verdict).toBe(status));

    const faults = faultCells(requests, world.sink.url);
    const cells = chosen(
      faults,
      Math.max(Math.ceil(faults.length / Math.max(requests.length, 1)), 1),
      sample.faults,
    );
    test.each(cells)("$title", async (cell) => {
      const home = bringBack();
      world.setFaults(cell.org, cell.faults);
      const ended = await world.run(home, command);
      const wrong = faultsOfEnd(ended, base, world.state(), secretsOf(world));
      if (world.sink.authorizations.length > 0) wrong.push("asked another host");
      wrong.push(...(await convergence(world, home, command, base, isOnce)));
      expect(wrong, explain(cell, ended)).toEqual([]);
    });

    test.each(chosen(killCells(requests), 3, sample.kills))("$title", async (cell) => {
      const home = bringBack();
      world.setFaults(cell.org, cell.faults);
      const signal = cell.signal as NodeJS.Signals;
      let watch: NodeJS.Timeout | undefined;
      const ended = await world.run(home, command, (kill) => {
        watch = setInterval(() => {
          if (world[cell.org].faults.seen.some(({ fault }) => fault !== undefined)) kill(signal);
        }, 20);
      });
      clearInterval(watch);
      const wrong = faultsOfKilled(ended, signal, secretsOf(world));
      wrong.push(...(await convergence(world, home, command, base, isOnce)));
      expect(wrong, explain(cell, ended)).toEqual([]);
    });
  });
}

async function record(
  world: World,
  home: string,
  command: string[],
): Promise<{ base: Baseline; requests: RecordedRequest[] }> {
  const before = world.state();
  world.setFaults("sandbox", []);
  const { status, stdout, stderr } = await world.run(home, command);
  const requests = (["sandbox", "production"] as const).flatMap((org) =>
    world[org].faults.seen.map((request) => ({ ...request, org })),
  );
  let answer: unknown;
  try {
    answer = JSON.parse(stdout);
  } catch {
    throw new Error(`No JSON without a fault:\n${stdout}\n${stderr}`);
  }
  if (requests.length === 0) throw new Error(`No request was made:\n${stdout}\n${stderr}`);
  return { base: { status, verdict: verdict(answer), before, after: world.state() }, requests };
}

/** The same command once more, without a fault, must end as ever. */
async function convergence(
  world: World,
  home: string,
  command: string[],
  base: Baseline,
  isOnce: boolean,
): Promise<string[]> {
  if (base.before === base.after || (isOnce && world.state() === base.after)) return [];
  world.setFaults("sandbox", []);
  const { status, stdout } = await world.run(home, command);
  const wrong: string[] = [];
  if (status !== base.status)
    wrong.push(`the next run ends with exit code ${status}: ${stdout.slice(0, 1500)}`);
  if (world.state() !== base.after) wrong.push("the next run leaves the org as it should not be");
  return wrong;
}

function secretsOf({ sandbox, production }: World): string[] {
  return [sandbox, production].flatMap(({ org }) => [
    ...[...org.connectedApps.values()].map(({ consumerSecret }) => consumerSecret),
    ...[...org.components.values()].flatMap((byName) =>
      [...byName.values()].flatMap(({ consumer }) => consumer?.consumerSecret ?? []),
    ),
  ]);
}

function explain(
  { title }: Cell,
  {
    status,
    stdout,
    stderr,
    seconds,
    mebibytes,
  }: { status: number | null; stdout: string; stderr: string; seconds: number; mebibytes: number },
): string {
  return `${title}: exit ${status} after ${seconds.toFixed(1)} s with ${Math.round(mebibytes)} MiB\n${stdout.slice(0, 1500)}\n${stderr.slice(0, 1500)}`;
}
