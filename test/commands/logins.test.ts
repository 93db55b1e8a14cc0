import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text as readText } from "node:stream/consumers";
import type { AuthFields } from "@salesforce/core";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { commandLine } from "./commandLine.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";

// A login is what the Salesforce CLI has written down of it: sessions that end, access tokens in the place of usernames, and
// the API version that it once asked for. In front of the local org is a server that issues sessions, as the local org
// has no login page.

const { home, sandbox, sf, write } = await startTestOrgs();
const file = write("One.yaml", specText("One"));
const username = "login@example.com";
const front = createServer((request, response) => {
  pass(request, response).catch((error: unknown) => response.destroy(error as Error));
});
let asked: string[] = [];

async function pass(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { method = "GET", url = "" } = request;
  const body = await readText(request);
  asked.push(url);
  if (url === "/services/oauth2/token") {
    expect(new URLSearchParams(body).get("refresh_token")).toBe("refresh-token-of-the-login");
    const id = `${sandbox.org.myDomainUrl}/id/${sandbox.org.id}/005000000000001AAA`;
    const issued = { access_token: sandbox.accessToken, instance_url: instanceUrl(), id };
    response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(issued));
    return;
  }
  const { host: _own, connection: _hop, "content-length": _length, ...headers } = request.headers;
  const answer = await fetch(`${sandbox.org.myDomainUrl}${url}`, {
    method,
    headers: headers as Record<string, string>,
    ...(body === "" ? {} : { body }),
  });
  response.writeHead(answer.status, { "content-type": answer.headers.get("content-type") ?? "" });
  response.end(Buffer.from(await answer.arrayBuffer()));
}

const instanceUrl = () => `http://127.0.0.1:${(front.address() as AddressInfo).port}`;
const times = (path: string) => asked.filter((url) => url === path).length;
const drift = (target: string, line = { sf }) =>
  line.sf("cpq", "connectedapp", "drift", "--spec", file, "--target-org", target);

/** Writes a login as the CLI does, with the session encrypted. */
async function logIn(fields: AuthFields): Promise<void> {
  const { StateAggregator } = await import("@salesforce/core");
  const { orgs } = await StateAggregator.getInstance();
  await orgs.read(username);
  orgs.set(username, {
    username,
    orgId: sandbox.org.id,
    instanceUrl: instanceUrl(),
    loginUrl: instanceUrl(),
    accessToken: sandbox.accessToken,
    ...fields,
  });
  await orgs.write(username);
}

async function keptLogin(): Promise<AuthFields | null | undefined> {
  const { StateAggregator } = await import("@salesforce/core");
  const { orgs } = await StateAggregator.getInstance();
  return orgs.peek(username, true);
}

beforeAll(async () => {
  await new Promise<void>((resolve) => {
    front.listen(0, "127.0.0.1", resolve);
  });
  const deploy = ["deploy", "--spec", file, "--target-org", "local-sandbox", "--no-verify"];
  expect(await sf("cpq", "connectedapp", ...deploy)).toMatchObject({ status: 0 });
});
beforeEach(() => {
  asked = [];
});
afterAll(() => {
  front.closeAllConnections();
  front.close();
});

test("a session that has ended is renewed once for all questions, and kept for the CLI", async () => {
  await logIn({ accessToken: "00Dended!ended", refreshToken: "refresh-token-of-the-login" });
  expect(await drift(username)).toMatchObject({ status: 0 });
  expect(times("/services/oauth2/token")).toBe(1);
  expect(await keptLogin()).toMatchObject({ accessToken: sandbox.accessToken });
  expect(await drift(username)).toMatchObject({ status: 0 });
  expect(times("/services/oauth2/token")).toBe(1);
});

test("a session that has ended and cannot be renewed fails, with the org's words", async () => {
  await logIn({ accessToken: "00Dended!ended", refreshToken: undefined });
  const { status, stdout } = await drift(username);
  expect(stdout).toMatch(/INVALID_SESSION_ID/);
  expect(status).toBe(1);
});

test("an access token stands for a username, with the org's address in a variable", async () => {
  const variables = { SF_ORG_INSTANCE_URL: instanceUrl() };
  expect(await drift(sandbox.accessToken, commandLine(home, { variables }))).toMatchObject({ status: 0 });
});

const hour = 60 * 60 * 1000;

const newest = /^\d\d\.0$/;

test.each([
  { title: "known for an hour", version: "66.0", ago: hour, questions: 0, used: /^66\.0$/ },
  { title: "known since two days ago", version: "66.0", ago: 48 * hour, questions: 1, used: newest },
  { title: "that is none", version: "newest", ago: hour, questions: 1, used: newest },
  { title: "unknown", version: undefined, ago: hour, questions: 1, used: newest },
])("an API version $title: asked for $questions times, used and kept", async (row) => {
  const instanceApiVersionLastRetrieved = new Date(Date.now() - row.ago).toLocaleString();
  await logIn({ instanceApiVersion: row.version, instanceApiVersionLastRetrieved });
  expect(await drift(username)).toMatchObject({ status: 0 });
  expect(times("/services/data")).toBe(row.questions);
  const kept = (await keptLogin())?.instanceApiVersion;
  expect(kept).toMatch(row.used);
  const used = asked.flatMap((url) => /^\/services\/data\/v(\d+\.0)\//.exec(url)?.[1] ?? []);
  expect(new Set(used)).toEqual(new Set([kept]));
});
