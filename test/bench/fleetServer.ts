// Stands for many orgs, for the measurement of another process. One local org has the apps. Each of the others is a port of
// its own, which answers byte for byte as that org answered the same question the first time: so the orgs take next to no
// processor time, which would be missing for the process that is measured. The parent asks by messages.
import { readFile, writeFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { createServer as createPort, type Server } from "node:net";
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { setTimeout as pause } from "node:timers/promises";
import { Global } from "@salesforce/core/global";
import { request as ask } from "undici";
import { authorize } from "../../src/localorg/salesforceCli/authorizations.ts";
import { newId } from "../../src/localorg/salesforceId.ts";
import { startLocalOrgs } from "../../src/localorg/start.ts";

/** A question that the orgs were asked, without the org's address. */
export interface AskedQuestion {
  method: string;
  /** With the query. */
  path: string;
  headers: Record<string, string>;
  body: string;
}

/** What the parent may ask, and what it gets. */
export interface FleetAnswers {
  /** As many orgs as it names, known to the Salesforce CLI as `fleet-1`, `fleet-2` …: their addresses. */
  open: string[];
  /** By how many milliseconds answers are late from now on. */
  latency: number;
  /** What has been asked so far, on how many connections, and the seconds of the processor that this process has taken. */
  usage: { requests: number; connections: number; processor: number };
  /** Each different question. */
  questions: AskedQuestion[];
  stop: undefined;
}

/** A question of the parent. */
export interface FleetQuestion {
  ask: keyof FleetAnswers;
  /** The orgs to open, or the milliseconds. */
  number?: number | undefined;
}

interface KnownAnswer {
  question: AskedQuestion;
  status: number;
  headers: Record<string, string | string[] | undefined>;
  body: Buffer;
}

const { orgs, stop } = await startLocalOrgs({ orgs: [{ name: "fleet", isSandbox: true }] });
const [real] = orgs;
if (real === undefined) throw new Error("No org was started.");
await authorize(real);

const known = new Map<string, Promise<KnownAnswer>>();
let latency = 0;
let requests = 0;
let connections = 0;

const web = createServer((request, response) => {
  requests += 1;
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    response.destroy();
  });
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const late = latency > 0 ? pause(latency) : undefined;
  const question = await questionOf(request);
  const key = keyOf(question);
  const first = known.get(key) ?? askRealOrg(question);
  known.set(key, first);
  const { status, headers, body } = await first;
  // A job that is not done will be.
  if (body.includes("<done>false</done>")) known.delete(key);
  await late;
  response.writeHead(status, headers).end(body);
}

async function questionOf(request: IncomingMessage): Promise<AskedQuestion> {
  const body = await buffer(request);
  const { host: _own, connection: _hop, ...headers } = request.headers as Record<string, string>;
  return { method: request.method ?? "", path: request.url ?? "", headers, body: body.toString("utf8") };
}

/** All orgs have the same session. What time it is, as some queries say, changes no answer. */
function keyOf({ method, path, body }: AskedQuestion): string {
  return [method, path, body].join(" ").replaceAll(/\d{4}-\d\d-\d\dT\d\d(:|%3A)\d\d\1\d\d\.\d+Z/g, "NOW");
}

async function askRealOrg(question: AskedQuestion): Promise<KnownAnswer> {
  const { method, path, headers, body } = question;
  const answered = await ask(`${real?.org.myDomainUrl}${path}`, {
    method,
    headers,
    ...(body === "" ? {} : { body }),
  });
  const { connection: _hop, "keep-alive": _pause, "transfer-encoding": _parts, ...own } = answered.headers;
  const whole = Buffer.from(await answered.body.arrayBuffer());
  return {
    question,
    status: answered.statusCode,
    headers: { ...own, "content-length": `${whole.length}` },
    body: whole,
  };
}

const ports: Server[] = [];
const addresses: string[] = [];

async function open(count: number): Promise<string[]> {
  while (addresses.length < count) {
    const ipv4 = await listen("127.0.0.1", 0);
    const { port } = ipv4.address() as { port: number };
    // `localhost` may mean either. A machine may lack the second, and another program may have its port.
    const ipv6 = await listen("::1", port).catch(() => undefined);
    ports.push(ipv4, ...(ipv6 === undefined ? [] : [ipv6]));
    addresses.push(`http://localhost:${port}`);
  }
  await makeKnown();
  return addresses.slice(0, count);
}

function listen(host: string, port: number): Promise<Server> {
  const server = createPort((socket) => {
    connections += 1;
    web.emit("connection", socket);
  });
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen({ host, port, backlog: 64 }, () => resolve(server));
  });
}

/** What the Salesforce CLI and the store know of the local org and its apps, written for each other org too. */
async function makeKnown(): Promise<void> {
  const folder = Global.SFDX_DIR;
  const own = JSON.parse(await readFile(join(folder, `${real?.adminUsername}.json`), "utf8"));
  const aliases = join(folder, "alias.json");
  const { orgs: named } = JSON.parse(await readFile(aliases, "utf8"));
  const store = join(Global.SF_DIR, "cpq-consumers.json");
  const consumers: Record<string, object> = JSON.parse(await readFile(store, "utf8"));
  const ownConsumers = Object.entries(consumers);
  for (const [index, instanceUrl] of addresses.entries()) {
    const other = `admin@fleet-${index + 1}.example.com`;
    const orgId = newId("00D");
    named[`fleet-${index + 1}`] = other;
    const fields = { ...own, username: other, orgId, instanceUrl, loginUrl: instanceUrl };
    await writeFile(join(folder, `${other}.json`), JSON.stringify(fields), { mode: 0o600 });
    for (const [key, consumer] of ownConsumers)
      consumers[key.replace(/^\w+/, orgId)] = { ...consumer, username: other, instanceUrl };
  }
  await writeFile(store, JSON.stringify(consumers), { mode: 0o600 });
  await writeFile(aliases, JSON.stringify({ orgs: named }));
}

const answers: { [Ask in keyof FleetAnswers]: (number: number) => Promise<FleetAnswers[Ask]> } = {
  open,
  latency: async (milliseconds) => {
    latency = milliseconds;
    return latency;
  },
  usage: async () => {
    const { user, system } = process.cpuUsage();
    return { requests, connections, processor: (user + system) / 1e6 };
  },
  questions: async () => (await Promise.all(known.values())).map(({ question }) => question),
  stop: async () => {
    for (const port of ports) port.close();
    web.closeAllConnections();
    await stop();
    return undefined;
  },
};
process.on("message", async ({ ask: asked, number = 0 }: FleetQuestion) => {
  process.send?.({ answer: await answers[asked](number) });
  if (asked === "stop") process.disconnect();
});
process.send?.({ answer: real.alias });
