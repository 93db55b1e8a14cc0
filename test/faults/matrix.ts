import { describe, expect, test } from "vitest";
import { appInOrg, type KindName } from "../commands/appsInOrg.ts";
import {
  type Cell,
  chosen,
  faultCells,
  isSilent,
  killCells,
  type RecordedRequest,
  triedRequests,
} from "./cells.ts";
import { type Baseline, faultsOfEnd, faultsOfKilled, faultsOfUnmet, verdict } from "./judge.ts";
import { isRight, keepResult } from "./results.ts";
import { type Ended, journalsIn, type World } from "./world.ts";

/** A command, and what is there before it. */
export interface FaultCase {
  title: string;
  args: string[];
  /** What is typed or piped in. */
  input?: string;
  /** Makes what must be there. */
  prepare?(world: World): Promise<void>;
  /** Once it is done, it cannot be done again, as a deletion. */
  isOnce?: boolean;
  /** It ends a run that was killed, of which it leaves nothing to be ended: what is run after it, instead of the same again. */
  next?: string[];
  /** The exit code without a fault; 0 if it is not named. */
  status?: number;
  /** The exit code if a verification cannot be made; 1 if it is not named. */
  unverified?: number;
  /** Whether what cannot be read is only left out, and said. */
  leavesOut?: boolean;
  /** Whether its purpose is to print a token. */
  printsToken?: boolean;
  /** The app whose pair must not be lost. */
  app?: { org: RecordedRequest["org"]; kind: KindName; name: string; spec: string[] };
  /** How many of its cells are in the sample: with a fault, and with a signal. */
  sample: { faults: number; kills: number };
}

/** Tries the faults and signals at every request of a command; the requests are found by a run without any. */
export async function tryFaults(world: World, one: FaultCase): Promise<void> {
  const {
    title,
    args,
    input,
    prepare,
    status = 0,
    unverified = 1,
    printsToken = false,
    leavesOut = false,
    sample,
  } = one;
  world.forgetDeploys();
  await prepare?.(world);
  const bringBack = world.remember();
  const command = ["cpq", "connectedapp", ...args, "--json"];
  const run = (home: string, cell?: Cell) => {
    const waits = cell !== undefined && isSilent(cell) ? { httpTimeout: shortTimeout } : {};
    return input === undefined ? world.run(home, command, waits) : runAlone(home, waits);
  };
  const runAlone = (home: string, options: Parameters<World["runAlone"]>[2] = {}) =>
    world.runAlone(home, command, input === undefined ? options : { input, ...options });
  // Libraries are loaded once, and take memory and time.
  await run(bringBack());
  const { base, requests } = await record(world, bringBack(), run, args);
  // A process that loads its code meanwhile asks in another order, and batches other questions.
  const alone = await record(world, bringBack(), (home) => runAlone(home), args);
  const orgNames = [world.sandbox, world.production].flatMap(({ alias, org, cpqUrl }) => [
    alias,
    org.myDomainUrl,
    cpqUrl,
  ]);
  const known = { base, orgNames, printsToken, leavesOut, unverified, changedOrg: one.app?.org };

  const count = triedRequests(requests).length;
  describe(`${title} (${count} requests)`, () => {
    test("ends as it should without a fault", () => expect(base.status, base.verdict).toBe(status));

    const tried = (cells: Cell[]) => cells.filter((cell) => !isRight(title, cell.title));
    const isMet = ({ request }: Cell) =>
      world[request.org].faults.seen.some(({ fault }) => fault !== undefined);
    const judged = async (
      cell: Cell,
      tryOnce: (home: string) => Promise<Ended>,
      judge: typeof faultsOfEnd,
    ) => {
      let home = "";
      let ended: Ended | undefined;
      // What a run asks at the same time comes in any order, and questions that come together are one request.
      for (let tries = 0; tries < mostTries && (ended === undefined || !isMet(cell)); tries++) {
        if (home !== "") world.removeHome(home);
        home = bringBack();
        world.setFaults(cell.request.org, cell.faults);
        ended = await tryOnce(home);
      }
      if (ended === undefined) throw new Error("Nothing was tried.");
      await world.settled();
      const wrong = isMet(cell)
        ? judge({ ...known, cell, ended, after: world.state(), secrets: secretsOf(world) })
        : faultsOfUnmet({ cell, ended, base });
      if (world.sink.authorizations.length > 0) wrong.push("asked another host");
      wrong.push(...(await lostPairs(world, home, one, "now")));
      wrong.push(...(await convergence(world, home, run, base, one)));
      wrong.push(...(await lostPairs(world, home, one, "at the end")));
      world.removeHome(home);
      keepResult({ of: title, cell: cell.title, wrong, ...summary(ended) });
      expect(wrong, explain(cell, ended)).toEqual([]);
    };

    const faults = faultCells(requests, world.sink.url);
    const perRequest = Math.max(Math.ceil(faults.length / Math.max(count, 1)), 1);
    test.each(tried(chosen(faults, perRequest, sample.faults)))("$title", (cell) =>
      judged(cell, (home) => run(home, cell), faultsOfEnd),
    );

    test.each(tried(chosen(killCells(alone.requests), 3, sample.kills)))("$title", (cell) => {
      const signal = cell.signal as NodeJS.Signals;
      const tryOnce = (home: string) => {
        const { met } = world[cell.request.org].faults;
        return runAlone(home, { onStart: (kill) => void met.then(() => kill(signal)) });
      };
      return judged(cell, tryOnce, faultsOfKilled);
    });
  });
}

/** How often a cell is tried whose request was not made. */
const mostTries = 3;

/** For how long an answer is waited for that never comes, in milliseconds. */
const shortTimeout = 2000;

type Run = (home: string) => Promise<Ended>;

async function record(
  world: World,
  home: string,
  run: Run,
  args: readonly string[],
): Promise<{ base: Baseline; requests: RecordedRequest[] }> {
  const before = world.state();
  world.setFaults("sandbox", []);
  const { status, stdout, stderr, seconds } = await run(home);
  const requests = (["sandbox", "production"] as const).flatMap((org) =>
    world[org].faults.seen.map((request) => ({ ...request, org })),
  );
  let answer: unknown;
  try {
    answer = JSON.parse(stdout);
  } catch {
    throw new Error(`No JSON of ${args.join(" ")} without a fault (${status}):\n${stdout}\n${stderr}`);
  }
  if (requests.length === 0) throw new Error(`No request was made:\n${stdout}\n${stderr}`);
  return { base: { status, verdict: verdict(answer), before, after: world.state(), seconds }, requests };
}

/** The same command once more, or the case's own next one, must end as ever without a fault. */
async function convergence(
  world: World,
  home: string,
  run: Run,
  base: Baseline,
  { isOnce = false, next }: FaultCase,
): Promise<string[]> {
  const isDone = world.state().components === base.after.components;
  const isReading = base.before.components === base.after.components && isDone;
  if (next === undefined && (isReading || (isOnce && isDone))) return [];
  world.setFaults("sandbox", []);
  const command = ["cpq", "connectedapp", ...(next ?? []), "--json"];
  const { status, stdout } = next === undefined ? await run(home) : await world.run(home, command);
  const wrong: string[] = [];
  const isOver = next !== undefined && /"name": "NothingTo(Abort|Resume)Error"/.test(stdout);
  if (status !== base.status && !isOver)
    wrong.push(`the next run ends with exit code ${status}: ${stdout.slice(0, 1500)}`);
  if (world.state().components !== base.after.components)
    wrong.push("the next run leaves the org as it should not be");
  if (world.state().isAccessOn !== base.after.isAccessOn)
    wrong.push("the next run leaves access to consumer secrets on");
  if (next !== undefined)
    wrong.push(...journalsIn(home).map((file) => `the next run leaves ${file} to be ended`));
  return wrong;
}

/**
 * An app's secret can be read nowhere but in the store. One that the tool makes is stored before it is deployed; one that
 * the org makes, once it can be read.
 */
async function lostPairs(
  world: World,
  home: string,
  { app }: FaultCase,
  when: "now" | "at the end",
): Promise<string[]> {
  if (app === undefined || (when === "now" && app.kind === "ExternalClientApp")) return [];
  const { org } = world[app.org];
  const found = appInOrg(org, app.kind, app.name);
  if (found === undefined) return [];
  world.setFaults("sandbox", []);
  const show = ["cpq", "connectedapp", "credentials", "show", "--show-secret", "--json", ...app.spec];
  const { stdout } = await world.run(home, show);
  const { key, secret } = JSON.parse(stdout).result ?? {};
  const pairs = [found, stagedOf(found)].filter((pair) => pair !== undefined);
  return pairs.some((pair) => pair.consumerKey === key && pair.consumerSecret === secret)
    ? []
    : [`the pair that is in use is not stored ${when}: ${secret === undefined ? stdout : key}`];
}

/** The pair of before a rotation, which works on for a while. */
function stagedOf(found: object): { consumerKey: string; consumerSecret: string } | undefined {
  return (found as { staged?: { consumerKey: string; consumerSecret: string } }).staged;
}

function secretsOf({ sandbox, production }: World): string[] {
  return [sandbox, production].flatMap(({ org }) => [
    ...[...org.connectedApps.values()].map(({ consumerSecret }) => consumerSecret),
    ...[...org.components.values()].flatMap((byName) =>
      [...byName.values()].flatMap(({ consumer }) => [
        ...(consumer === undefined ? [] : [consumer.consumerSecret]),
        ...(consumer?.staged === undefined ? [] : [consumer.staged.consumerSecret]),
      ]),
    ),
  ]);
}

function summary({ status, signal, seconds, mebibytes }: Ended) {
  return { status, signal, seconds: Math.round(seconds * 10) / 10, mebibytes: Math.round(mebibytes) };
}

function explain({ title }: Cell, ended: Ended): string {
  const { stdout, stderr } = ended;
  return `${title}: ${JSON.stringify(summary(ended))}\n${stdout.slice(0, 1500)}\n${stderr.slice(0, 1500)}`;
}
