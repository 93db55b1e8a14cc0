import { gzipSync } from "node:zlib";
import { Connection } from "@jsforce/jsforce-node";
import { setDefaults, setDispatcher } from "@jsforce/jsforce-node/lib/request.js";
import { fetch } from "undici";
import { afterAll, beforeEach, describe, expect, test } from "vitest";
import { endConnections } from "../../src/network/ending.ts";
import { networkReason } from "../../src/network/failure.ts";
import { transport } from "../../src/network/transport.ts";
import type { TargetOrg } from "../../src/org/connect.ts";
import { listApps } from "../../src/org/listApps.ts";
import { queryOrg } from "../../src/org/queryOrg.ts";
import { refuseAnswer } from "../../src/org/refuseAnswer.ts";
import { cut, type Reply, reply, reset, startBrokenServer } from "./brokenServer.ts";

const server = await startBrokenServer();
const elsewhere = await startBrokenServer();
afterAll(() => {
  setDispatcher();
  setDefaults({});
  server.close();
  elsewhere.close();
});
beforeEach(() => {
  server.replies = [];
  server.asked = [];
  elsewhere.replies = [reply("{}")];
  elsewhere.authorizations = [];
});

describe("a request", () => {
  const rules = { seconds: 60, mebibytes: 1 };
  const ask = async (longer: Partial<typeof rules> = {}) => {
    const answer = await fetch(server.url, {
      dispatcher: transport({ ...rules, ...longer }),
      redirect: "manual",
    });
    return answer.text();
  };
  const reason = (longer: Partial<typeof rules> = {}) =>
    ask(longer).then(
      () => "answered",
      (error: unknown) => networkReason(error),
    );

  test.each<{ title: string; replies: Reply[]; expected: string }>([
    { title: "that is answered", replies: [reply("all of it")], expected: "all of it" },
    {
      title: "whose answer is compressed",
      replies: [reply(gzipSync("all of it"), { "content-encoding": "gzip" })],
      expected: "all of it",
    },
    { title: "whose answer is empty", replies: [reply("")], expected: "" },
  ])("$title gives it whole", async ({ replies, expected }) => {
    server.replies = replies;
    expect(await ask()).toBe(expected);
  });

  test.each<{ title: string; replies: Reply[]; expected: RegExp }>([
    { title: "breaks off", replies: [cut], expected: /^.+ while reading the answer$/ },
    { title: "does not begin", replies: [reset], expected: /^.+ while waiting for the answer$/ },
    {
      title: "is too large",
      replies: [reply(Buffer.alloc(1_100_000))],
      expected: /^the answer is larger than 1 MiB$/,
    },
    {
      title: "is too large, and does not say so before",
      replies: [
        (response) => {
          response.writeHead(200);
          for (let count = 0; count < 20; count++) response.write(Buffer.alloc(100_000));
        },
      ],
      expected: /^the answer is larger than 1 MiB$/,
    },
    {
      title: "is too large once it is decompressed",
      replies: [reply(gzipSync(Buffer.alloc(50_000_000)), { "content-encoding": "gzip" })],
      expected: /^the answer is larger than 1 MiB$/,
    },
    {
      title: "is compressed and cut",
      replies: [reply(gzipSync("all of it").subarray(0, 15), { "content-encoding": "gzip" })],
      expected: /^the answer is compressed with gzip, and broken: unexpected end of file$/,
    },
  ])("whose answer $title fails, and says why", async ({ replies, expected }) => {
    server.replies = replies;
    expect(await reason()).toMatch(expected);
  });

  test("that is not answered in time fails", async () => {
    server.replies = [() => {}];
    expect(await reason({ seconds: 0.05 })).toBe("no answer within 0.05 seconds");
  });

  test("whose answer does not end in time fails", async () => {
    server.replies = [(response) => void response.writeHead(200).write("and")];
    expect(await reason({ seconds: 0.5 })).toBe("the answer did not end within 0.5 seconds");
  });

  test("that nobody waits for ends with its command, and the next command has connections of its own", async () => {
    server.replies = [() => {}, reply("next")];
    const unanswered = reason();
    await expect.poll(() => server.asked.length).toBe(1);
    endConnections();
    expect(await unanswered).not.toBe("answered");
    expect(await ask()).toBe("next");
  });

  test("after an answer uses the same connection again", async () => {
    const ports = new Set<number | undefined>();
    server.replies = [
      (response, { socket }) => {
        ports.add(socket.remotePort);
        response.end("x");
      },
    ];
    for (let count = 0; count < 8; count++) await ask();
    expect(ports.size).toBeLessThan(3);
  });
});

describe("an org", () => {
  const connection = new Connection({ instanceUrl: server.url, accessToken: "00D!x", version: "67.0" });
  const org = {
    connection,
    name: "acme",
    instanceUrl: server.url,
    limit: (work: () => Promise<unknown>) => work(),
  } as unknown as TargetOrg;
  setDispatcher(transport({ seconds: 60, mebibytes: 1, refuse: refuseAnswer }));
  setDefaults({ followRedirect: false, retry: { maxRetries: 0 } });

  const rows = reply(JSON.stringify({ records: [{ Id: "1" }], done: true, totalSize: 1 }));
  const query = () => queryOrg(org, "SELECT Id FROM User");
  const list = () => listApps(org, ["ConnectedApp"]);
  const soap = (body: string) =>
    `<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/"><soapenv:Body>${body}</soapenv:Body></soapenv:Envelope>`;
  const xml = { "content-type": "text/xml" };
  const emptyList = reply(soap("<listMetadataResponse/>"), xml);

  test.each<{ title: string; replies: Reply[]; read?: () => Promise<unknown[]> }>([
    { title: "breaks off", replies: [cut, rows] },
    { title: "does not begin", replies: [reset, reset, rows] },
    { title: "is a page", replies: [reply("<html>", { "content-type": "text/html" }), rows] },
    { title: "is empty", replies: [reply(""), rows] },
    { title: "is cut", replies: [reply('{"records": ['), rows] },
    { title: "is HTTP 503", replies: [reply("[]", { status: 503 }), rows] },
    { title: "is HTTP 429 with a time", replies: [reply("[]", { status: 429, "retry-after": "1" }), rows] },
    { title: "is cut XML", replies: [reply(soap("<a>").slice(0, 200), xml), emptyList], read: list },
  ])("whose answer $title is asked again", async ({ replies, read = query }) => {
    server.replies = [...replies];
    await read();
    expect(server.asked).toHaveLength(replies.length);
  });

  test.each<{ title: string; replies: Reply[]; read: () => Promise<unknown>; expected: string }>([
    {
      title: "a page",
      replies: [reply("<title>Hotel</title>", { "content-type": "text/html" })],
      read: query,
      expected: "HTTP 200: the answer is not JSON: Hotel",
    },
    {
      title: "nothing for a query",
      replies: [reply("")],
      read: query,
      expected: "HTTP 200: the answer is empty",
    },
    {
      title: "nothing for a list",
      replies: [reply("", xml)],
      read: list,
      expected: "HTTP 200: the answer is empty",
    },
    {
      title: "a page for a list",
      replies: [reply("<html></html>", { "content-type": "text/html" })],
      read: list,
      expected: "HTTP 200: the answer is not XML",
    },
    {
      title: "an envelope without an answer",
      replies: [reply(soap(""), xml)],
      read: list,
      expected: "not of the Metadata API",
    },
    {
      title: "another object",
      replies: [reply("{}")],
      read: query,
      expected: "not an answer of a Salesforce org",
    },
    {
      title: "a longer pause than anybody waits",
      replies: [reply('[{"errorCode":"BUSY","message":"later"}]', { status: 503, "retry-after": "3600" })],
      read: query,
      expected: "HTTP 503: BUSY: later",
    },
    {
      title: "too much",
      replies: [reply(Buffer.alloc(2_000_000))],
      read: query,
      expected: "larger than 1 MiB",
    },
  ])("that answers $title has failed, and never has nothing", async ({ replies, read, expected }) => {
    server.replies = replies;
    await expect(read()).rejects.toThrow(expected);
  });

  test.each([
    { title: "a query", read: query },
    { title: "a list", read: list },
  ])("that redirects $title elsewhere does not get the token sent there", async ({ read }) => {
    server.replies = [reply("", { status: 302, location: `${elsewhere.url}/services/data` })];
    await expect(read()).rejects.toThrow(`redirects to ${elsewhere.url}`);
    expect(elsewhere.asked).toEqual([]);
  });

  test("that has nothing of a kind says so", async () => {
    server.replies = [emptyList];
    expect(await list()).toEqual([]);
  });
});
