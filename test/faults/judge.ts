import { type Cell, isChange } from "./cells.ts";
import type { Ended, OrgsAfter } from "./world.ts";

/** What a command does without a fault. */
export interface Baseline {
  status: number | null;
  /** What its answer says, without what differs from run to run. */
  verdict: string;
  before: OrgsAfter;
  after: OrgsAfter;
  seconds: number;
}

/** What is known of a cell once its command has ended. */
export interface Outcome {
  cell: Cell;
  ended: Ended;
  base: Baseline;
  after: OrgsAfter;
  secrets: readonly string[];
  /** Names by which the orgs may be told: alias and address. */
  orgNames: readonly string[];
  printsToken: boolean;
  /** Whether what cannot be read is only left out, and said. */
  leavesOut: boolean;
  /** Which org the command changes. */
  changedOrg: "sandbox" | "production" | undefined;
  /** Exit code of a verification that could not be made. */
  unverified: number;
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
] as const;
const token = { what: "a token", pattern: /eyJ[\w-]{20,}\.eyJ/ };

/** So much longer than without a fault a run may take: all the tries and pauses that it promises, on a slow machine. */
const patience = 90;

/** So much more memory a run may have at a time: the largest answer that is taken, twice. */
const mostMebibytes = 256;

/** What is not right with how a command ended. */
export function faultsOfEnd(outcome: Outcome): string[] {
  const { ended, base, cell } = outcome;
  const wrong = [...faultsOfOutput(outcome), ...faultsOfStatus(outcome), ...faultsOfState(outcome)];
  const { status, stdout, seconds, mebibytes } = ended;
  const json = parsed(stdout);
  if (json === undefined)
    wrong.push(
      `standard output is not one JSON value: ${stdout.slice(0, 200) || ended.stderr.slice(0, 400)}`,
    );
  else if (json.status !== status) wrong.push(`status ${json.status} in JSON, exit code ${status}`);
  if (json !== undefined && status === base.status) {
    const said = verdict(json);
    const isLeftOut = outcome.leavesOut && cell.met?.weight === "lasting" && cell.met.words.test(stdout);
    if (said !== base.verdict && !isLeftOut)
      wrong.push(`says another thing with exit code ${status}: ${said} instead of ${base.verdict}`);
    if (outcome.after.components !== base.after.components)
      wrong.push(`exit code ${status}, and the org is not as it should be`);
  }
  if (status !== base.status) {
    if (cell.met !== undefined && !cell.met.words.test(stdout))
      wrong.push(`does not say the cause (${cell.met.words}): ${stdout.slice(0, 600)}`);
    if (!outcome.orgNames.some((name) => stdout.includes(name))) wrong.push("does not say which org it was");
  }
  if (seconds > base.seconds + patience) wrong.push(`took ${Math.round(seconds)} s`);
  if (mebibytes > mostMebibytes) wrong.push(`took ${Math.round(mebibytes)} MiB of memory`);
  return wrong;
}

function faultsOfOutput({ ended, secrets, printsToken }: Outcome): string[] {
  const { stdout, stderr, signal } = ended;
  const outputs = `${stdout}\n${stderr}`;
  const found = [...forbidden, ...(printsToken ? [] : [token])].flatMap(({ what, pattern }) => {
    const [text] = pattern.exec(outputs) ?? [];
    return text === undefined ? [] : [`prints ${what}: ${text}`];
  });
  if (secrets.some((secret) => outputs.includes(secret))) found.push("prints a consumer secret");
  if (signal !== null) found.push(`died of ${signal}`);
  return found;
}

/**
 * The exit codes that a fault may lead to. What passes in a moment changes nothing if the request can be made again; what
 * lasts may end the run, or leave the verification open, but is never a finding.
 */
function faultsOfStatus({ ended: { status }, base, cell, unverified, changedOrg }: Outcome): string[] {
  const { met, request } = cell;
  const mayFail = met?.weight === "lasting" || (met?.weight === "passing" && isChange(request));
  const isAboutClock = met?.name === "clock" && request.path.startsWith("/services/oauth2/token");
  const allowed = [
    base.status,
    ...(mayFail ? [1] : []),
    ...((mayFail && !isChange(request)) || isAboutClock ? [unverified] : []),
    // A token of another time opens no gate to the next org.
    ...(isAboutClock && changedOrg !== undefined && request.org !== changedOrg ? [1] : []),
  ];
  return allowed.includes(status)
    ? []
    : [`exit code ${status} instead of ${[...new Set(allowed)].join(" or ")}`];
}

/**
 * Where the orgs may be: as before, as the run should leave them, or somewhere between, if the output names each deploy
 * that made it so.
 */
function faultsOfState({ ended: { stdout }, base, after }: Outcome): string[] {
  const wrong: string[] = [];
  const isBetween = ![base.before.components, base.after.components].includes(after.components);
  const unnamed = after.deploys.filter((id) => !stdout.includes(id));
  if (isBetween && unnamed.length > 0)
    wrong.push(`the org is neither as before nor as it should be, and ${unnamed.join(", ")} is not named`);
  if (isLeftOn(base, after) && !/consumer secrets by REST|ClientSecret/.test(stdout))
    wrong.push("access to consumer secrets is left on, and nothing is said");
  return wrong;
}

/** A run before this one may have left it on: then this one switches it off, but only if it comes to its end. */
function isLeftOn(base: Baseline, after: OrgsAfter): boolean {
  return after.isAccessOn && !base.before.isAccessOn && !base.after.isAccessOn;
}

/**
 * What is not right with a cell whose request was not made, so that nothing met it. Questions of one moment go to the org
 * in one request, so how many of these requests there are differs from run to run: a run that makes fewer must end as one
 * without a fault.
 */
export function faultsOfUnmet({ cell, ended, base }: Pick<Outcome, "cell" | "ended" | "base">): string[] {
  const isFurther = cell.faults.some(({ after = 0 }) => after > 0);
  if (!isFurther || !cell.request.path.includes("/composite/batch")) return ["the request was not made"];
  const { status, stdout } = ended;
  return status === base.status && verdict(parsed(stdout)) === base.verdict
    ? []
    : [
        `the request was joined with another one, and the run ended with exit code ${status}: ${stdout.slice(0, 600)}`,
      ];
}

/** What is not right with how a command ended that got a signal. */
export function faultsOfKilled(outcome: Outcome): string[] {
  const { ended, cell, after, base } = outcome;
  const { status, signal, stdout, stderr } = ended;
  const sent = cell.signal as NodeJS.Signals;
  if (sent === "SIGKILL") return faultsOfOutput({ ...outcome, ended: { ...ended, signal: null } });
  const wrong = faultsOfOutput({ ...outcome, ended: { ...ended, signal: null } });
  const hasChanged = after.components !== base.before.components;
  // A command that only reads has nothing to say: it just ends.
  if (status !== 130 && (signal !== sent || hasChanged)) wrong.push(`exit code ${status} after ${sent}`);
  const outputs = `${stdout}\n${stderr}`;
  const unnamed = after.deploys.filter((id) => !outputs.includes(id));
  // Whose answer had not come when the signal did, has no Id yet.
  const isOpen = /whether \S+ has accepted it is not known/.test(outputs);
  if (hasChanged && unnamed.length > (isOpen ? 1 : 0))
    wrong.push(`does not name the deploys ${unnamed.join(", ")}`);
  if (hasChanged && !/sf cpq connectedapp \w+/.test(outputs)) wrong.push("does not say how to go on");
  if (isLeftOn(base, after)) wrong.push("access to consumer secrets is left on");
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
  /At$|^(id|deployId|version|consumer|consumerKey|key|formerKey|formerValidUntil|secretSince|since|calls|accessToken|cached|detail|sentence|receipt|digest|lastChange|facts|loginHistory|warnings|stored|where|path|text|notes)$/;

/** What an answer says, without what differs from run to run. */
export function verdict(answer: unknown): string {
  const { result } = (answer ?? {}) as Answer;
  return JSON.stringify(result, (name, value) =>
    volatile.test(name)
      ? undefined
      : typeof value === "string"
        ? value.replace(/\([^)]* ago\)/g, "(… ago)")
        : value,
  );
}
