import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import type { FaultInput } from "../../src/localorg/faults/fault.ts";
import type { XmlElement } from "../../src/localorg/metadata/xmlElement.ts";
import type { Org } from "../../src/localorg/org.ts";
import { runInThisProcess } from "../commands/inThisProcess.ts";
import { startTestOrgs } from "../commands/localOrgs.ts";

/** How long an answer may take here, in milliseconds, unless a cell says otherwise. */
const usualTimeout = 5000;

const entry = join(import.meta.dirname, "..", "..", "bin", "run.js");

/** How a process of a command ended. */
export interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
  seconds: number;
  /** How much more memory its data took at a time than before; 0 if it was a process of its own. */
  mebibytes: number;
}

/** What counts in the orgs. */
export interface OrgsAfter {
  /** Their components and assignments, without what differs from run to run. */
  components: string;
  /** Ids of the deploys that changed one of them since its faults were set. */
  deploys: string[];
  /** Whether REST clients can read consumer secrets, in either org. */
  isAccessOn: boolean;
}

/** Two orgs and a user's home that go back to where they were before each command. */
export type World = Awaited<ReturnType<typeof startWorld>>;

/** Starts it for a test file. */
export async function startWorld() {
  const orgs = await startTestOrgs();
  const { sandbox, production, home } = orgs;
  const folder = mkdtempSync(join(tmpdir(), "cpq-faults-"));
  const sink = await startSink();
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
    sink.close();
  });
  let homes = 0;
  const deploys = () => [sandbox.org, production.org].flatMap(({ deployments }) => [...deployments.values()]);
  let former = new Set<string>();
  return {
    ...orgs,
    sink,
    /** Remembers orgs and home as they are. */
    remember() {
      const kept = join(folder, `kept-${homes++}`);
      cpSync(home, kept, { recursive: true });
      const states = [sandbox.org, production.org].map((org) => structuredClone(stateOf(org)));
      const deployments = [sandbox.org, production.org].map((org) => [...org.deployments.values()]);
      /** Brings them back, and returns a home of its own. */
      return function bringBack(): string {
        [sandbox.org, production.org].forEach((org, index) => {
          Object.assign(org, structuredClone(states[index]));
          org.deployments = new Map((deployments[index] ?? []).map((one) => [one.id, { ...one }]));
        });
        const own = join(folder, `home-${homes++}`);
        cpSync(kept, own, { recursive: true });
        return own;
      };
    },
    setFaults(name: "sandbox" | "production", faults: FaultInput[]) {
      sandbox.faults.set(name === "sandbox" ? faults : []);
      production.faults.set(name === "production" ? faults : []);
      former = new Set(deploys().map(({ id }) => id));
      sink.authorizations.length = 0;
    },
    state: (): OrgsAfter => ({
      components: JSON.stringify([sandbox.org, production.org].map(comparable)),
      deploys: deploys()
        .filter(({ id }) => !former.has(id))
        .filter(({ options, status }) => !options.checkOnly && status === "Succeeded")
        // Those that switch access to consumer secrets on and off are judged by what is left of them.
        .filter(({ messages }) => messages.some(({ fileName }) => !/settings\/|package\.xml$/.test(fileName)))
        .map(({ id }) => id),
      isAccessOn: [sandbox.org, production.org].some(isAccessOn),
    }),
    /** Waits until the orgs have done what they accepted. */
    settled: () => Promise.all(deploys().map(({ ended }) => ended)),
    /** The orgs know no deploy of a case before this one. */
    forgetDeploys: () => {
      for (const { org } of [sandbox, production]) org.deployments.clear();
    },
    run: runHere,
    runAlone,
    removeHome: (home: string) => rmSync(home, { recursive: true, force: true, maxRetries: 10 }),
  };
}

/** The journals of runs that did not end well, in a home. */
export function journalsIn(home: string): string[] {
  const folder = join(home, ".sf", "cpq-runs");
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /\.(ConnectedApp|ExternalClientApp)\..+\.json$/.test(name))
    .map((name) => join(folder, name));
}

function stateOf({ users, permissionSets, connectedApps, components, logins, sessions, tokenRequests }: Org) {
  return { users, permissionSets, connectedApps, components, logins, sessions, tokenRequests };
}

function comparable({ connectedApps, components, users }: Org) {
  const contents = [
    ...[...connectedApps].map(([name, { content }]) => ["ConnectedApp", name, withoutConsumer(content)]),
    ...[...components].flatMap(([type, byName]) =>
      [...byName].map(([name, { content }]) => [type, name, withoutConsumer(content)]),
    ),
  ].map((entry) => JSON.stringify(entry));
  return [
    contents.sort(),
    users.map(({ username, permissionSets }) => [username, [...permissionSets].sort()]),
  ];
}

/** Keys, secrets and the Ids of orgs differ from run to run. */
function withoutConsumer({ name, text, children }: XmlElement): XmlElement {
  const own = ["consumerKey", "consumerSecret", "oauthLink", "orgScopedExternalApp"];
  const kept = children.filter((child) => !own.includes(child.name)).map(withoutConsumer);
  return { name, text, children: kept.sort((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)) };
}

function isAccessOn({ components }: Org): boolean {
  const settings = components.get("Settings")?.get("ExternalClientApp")?.content.children ?? [];
  return settings.some(({ name, text }) => name === "enableClientSecretInRestApiAccess" && text === "true");
}

function environmentOf(home: string, httpTimeout = usualTimeout): Record<string, string> {
  return {
    PATH: process.env.PATH ?? "",
    NODE_ENV: "production",
    HOME: home,
    SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
    SF_DISABLE_TELEMETRY: "true",
    SF_AUTOUPDATE_DISABLE: "true",
    SF_SKIP_NEW_VERSION_CHECK: "true",
    NO_COLOR: "1",
    HTTP_TIMEOUT: String(httpTimeout),
    // Each home is a new one, and compiling is most of what a process of a command does.
    NODE_COMPILE_CACHE: join(home, "..", "compiled"),
  };
}

/** Runs a command in this process. */
async function runHere(
  home: string,
  args: readonly string[],
  { httpTimeout }: { httpTimeout?: number } = {},
): Promise<Ended> {
  const begin = Date.now();
  const before = dataInMemory();
  let peak = before;
  const watch = setInterval(() => {
    peak = Math.max(peak, dataInMemory());
  }, 5);
  const { status, stdout, stderr } = await runInThisProcess(args, {
    folder: home,
    env: environmentOf(home, httpTimeout),
  });
  clearInterval(watch);
  const seconds = (Date.now() - begin) / 1000;
  return { status, signal: null, stdout, stderr, seconds, mebibytes: (peak - before) / 1024 / 1024 };
}

/** What answers and texts take, in bytes. */
function dataInMemory(): number {
  const { arrayBuffers, heapUsed } = process.memoryUsage();
  return arrayBuffers + heapUsed;
}

/** Runs a command as a process of its own, which may be sent a signal, and may get an input. */
function runAlone(
  home: string,
  args: readonly string[],
  {
    input,
    httpTimeout,
    onStart = () => {},
  }: { input?: string; httpTimeout?: number; onStart?(kill: (signal: NodeJS.Signals) => void): void },
): Promise<Ended> {
  const begin = Date.now();
  const child = spawn(process.execPath, [entry, ...args], {
    cwd: home,
    stdio: ["pipe", "pipe", "pipe"],
    env: environmentOf(home, httpTimeout),
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk) => {
    stdout += chunk;
  });
  child.stderr.on("data", (chunk) => {
    stderr += chunk;
  });
  // A command that does not read it may be gone by then.
  child.stdin.on("error", () => {});
  child.stdin.end(input);
  onStart((signal) => child.kill(signal));
  return new Promise((resolve) => {
    child.once("close", (status, signal) =>
      resolve({ status, signal, stdout, stderr, seconds: (Date.now() - begin) / 1000, mebibytes: 0 }),
    );
  });
}

/** A host to which nothing must be sent. */
async function startSink() {
  const authorizations: string[] = [];
  const server = createServer(({ headers }, response) => {
    authorizations.push(headers.authorization ?? "");
    response.end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  return { url, authorizations, close: () => server.close() };
}
