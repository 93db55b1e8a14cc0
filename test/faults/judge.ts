import type { Ended } from "./world.ts";

/** What a command does without a fault. */
export interface Baseline {
  status: number | null;
  /** What its answer says, without what differs from run to run. */
  verdict: string;
  before: string;
  after: string;
}

/** What may not be in any output. */
const forbidden = [
  { what: "a stack trace", pattern: /^\s+at .+(:\d+:\d+|node:internal)/m },
  { what: "an unhandled error", pattern: /Unhandled|UnhandledPromise|node:events/ },
  {
    what: "words of the program",
    pattern: /fetch failed|Cannot read prop|is not a function|is not iterable|\bundefined\b|\[object /,
  },
  { what: "a session", pattern: /00D\w{12,15}!/ },
  { what: "a token", pattern: /eyJ[\w-]{20,}\.eyJ/ },
];

/** What is not right with how a command ended. */
export function faultsOfEnd(
  ended: Ended,
  base: Baseline,
  stateAfter: string,
  secrets: readonly string[],
): string[] {
  const wrong: string[] = [];
  const { status, signal, stdout, stderr, seconds, mebibytes } = ended;
  const outputs = `${stdout}\n${stderr}`;
  for (const { what, pattern } of forbidden) {
    const found = pattern.exec(outputs)?.[0];
    if (found !== undefined) wrong.push(`prints ${what}: ${found}`);
  }
  if (secrets.some((secret) => outputs.includes(secret))) wrong.push("prints a consumer secret");
  if (signal !== null) wrong.push(`died of ${signal}`);
  const json = parsed(stdout);
  if (json === undefined)
    wrong.push(`no JSON on standard output: ${stdout.slice(0, 200) || stderr.slice(0, 400)}`);
  else if (json.status !== status) wrong.push(`status ${json.status} in JSON, exit code ${status}`);
  if (![base.status, 1, 4, 69].includes(status))
    wrong.push(`exit code ${status} instead of ${base.status}, 1 or 4`);
  if (status === 0 && json !== undefined) {
    const said = verdict(json);
    if (said !== base.verdict)
      wrong.push(`says another thing with exit code 0: ${said} instead of ${base.verdict}`);
    if (stateAfter !== base.after) wrong.push("exit code 0, and the org is not as it should be");
  }
  if (status === 1 && json !== undefined && !json.message && json.result === undefined)
    wrong.push("no reason for exit code 1");
  if (seconds > 180) wrong.push(`took ${Math.round(seconds)} s`);
  if (mebibytes > 700) wrong.push(`took ${Math.round(mebibytes)} MiB of memory`);
  return wrong;
}

/** What is not right with how a command ended that got a signal. */
export function faultsOfKilled(
  { status, signal, stdout, stderr }: Ended,
  sent: NodeJS.Signals,
  secrets: readonly string[],
): string[] {
  const wrong: string[] = [];
  const outputs = `${stdout}\n${stderr}`;
  if (secrets.some((secret) => outputs.includes(secret))) wrong.push("prints a consumer secret");
  if (sent === "SIGKILL") return wrong;
  const trace = /^\s+at .+:\d+:\d+/m.exec(stderr)?.[0];
  if (trace !== undefined) wrong.push(`prints a stack trace: ${trace}`);
  // A command that only reads has nothing to say: it just ends.
  if (status !== 130 && signal !== sent) wrong.push(`exit code ${status} after ${sent}`);
  return wrong;
}

interface Answer {
  status?: number;
  message?: string;
  result?: unknown;
}

function parsed(stdout: string): Answer | undefined {
  try {
    return JSON.parse(stdout);
  } catch {
    return undefined;
  }
}

/** Names whose values differ from run to run. */
const volatile =
  /At$|^(id|deployId|version|consumer|consumerKey|file|files|duration|detail|sentence|receipt|digest|lastChange|facts|loginHistory|warnings|stored|where|path|text)$/;

/** What an answer says, without what differs from run to run. */
export function verdict(answer: unknown): string {
  const { result } = (answer ?? {}) as Answer;
  return JSON.stringify(result, (name, value) => (volatile.test(name) ? undefined : value));
}
