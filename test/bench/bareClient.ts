// The bound of `bench:drift`: the requests of a run alone, as fast as the same HTTP library makes them with so many under way
// at once. Nothing reads the answers, and none waits for another. Standard input has what is asked; the seconds are printed.
import { text } from "node:stream/consumers";
import pLimit from "p-limit";
import { Agent, request } from "undici";
import type { AskedQuestion } from "./fleetServer.ts";

/** What is asked of whom, and how many requests are under way at once. */
export interface BareWork {
  addresses: string[];
  questions: AskedQuestion[];
  concurrency: number;
}

/** What it took: seconds from the first question to the last answer, and seconds of the processor. */
export interface BareResult {
  wall: number;
  processor: number;
}

const { addresses, questions, concurrency }: BareWork = JSON.parse(await text(process.stdin));
const dispatcher = new Agent({ allowH2: false });
const work = addresses.flatMap((address) => questions.map((question) => ({ address, question })));
const before = process.cpuUsage();
const started = performance.now();
await pLimit(concurrency).map(work, async ({ address, question: { method, path, headers, body } }) => {
  const answer = await request(`${address}${path}`, {
    dispatcher,
    method,
    headers,
    ...(body === "" ? {} : { body }),
  });
  await answer.body.dump({ limit: Number.POSITIVE_INFINITY });
});
const { user, system } = process.cpuUsage(before);
const result: BareResult = {
  wall: (performance.now() - started) / 1000,
  processor: (user + system) / 1e6,
};
console.log(JSON.stringify(result));
await dispatcher.destroy();
