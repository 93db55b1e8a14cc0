import { generateKeyPair } from "jose";
import { describe, expect, test as withoutServer } from "vitest";
import { withinDeadline } from "../../src/network/retries.ts";
import type { LoginLog } from "../../src/results/check.ts";
import { type VerificationRequest, verify } from "../../src/token/verify.ts";
import {
  type Answer,
  discoveredKeys,
  discovery,
  kid,
  startTokenServer,
  type TokenServer,
  usualKeys,
} from "./tokenServer.ts";

/** Most tests wait for another try, so they run side by side, each with a server of its own. */
const test = withoutServer.extend<{ server: TokenServer }>({
  // biome-ignore lint/correctness/noEmptyPattern: the library reads the names of what is asked for from the pattern
  server: async ({}, use) => {
    const server = await startTokenServer();
    await use(server);
    server.close();
  },
});

function wanted(server: TokenServer, more: Partial<VerificationRequest> = {}): VerificationRequest {
  return {
    expected: {
      myDomainUrl: server.url,
      kind: "ExternalClientApp",
      appLabel: "CPQ",
      consumerKey: "3MVG9ExampleKey",
      runAs: "cpq@example.com",
      runAsUserId: "005000000000001AAA",
      scopes: ["api"],
      customScopes: [],
      timeoutMinutes: 30,
      timeoutIsSetupOnly: false,
    },
    consumer: { key: "3MVG9ExampleKey", secret: "Secret123" },
    apiVersion: "67.0",
    cpq: undefined,
    jwtWanted: true,
    deadline: 0,
    onWait: () => {},
    ...more,
  };
}

const page = (status: number) => (): Answer => ({ status, body: "<html><body>Maintenance</body></html>" });

/** What a verification comes to, and the checks that did not pass. */
async function verified(server: TokenServer, more: Partial<VerificationRequest> = {}) {
  const { outcome, checks } = await verify(wanted(server, more));
  return { outcome, wrong: checks.filter((check) => check.outcome !== "passed"), checks };
}

/** The org has its keys only where its discovery says. */
const hideUsualKeys = (server: TokenServer) => {
  server.answers.set(usualKeys, () => ({ status: 404, body: {} }));
};

const issue = (server: TokenServer, token: string) => {
  server.answers.set("/services/oauth2/token", () => ({ body: { access_token: token } }));
};

describe.concurrent("a verification:", () => {
  test("a right token passes", async ({ server }) => {
    expect(await verified(server)).toMatchObject({ outcome: "passed", wrong: [] });
  });

  describe("a token that is wrong fails", () => {
    test("because it is not signed", async ({ server }) => {
      issue(server, await server.unsigned());
      const { outcome, wrong } = await verified(server);
      expect(outcome).toBe("failed");
      expect(wrong.map(({ id }) => id)).toEqual(["jwt", "signature"]);
    });

    test("because it is signed with what everybody knows", async ({ server }) => {
      issue(server, await server.signedByPublicKey());
      const { outcome, wrong } = await verified(server);
      expect(outcome).toBe("failed");
      expect(wrong.map(({ id, detail }) => [id, /HS256/.test(detail)])).toEqual([
        ["jwt", true],
        ["signature", true],
      ]);
    });

    test("because another key signed it in the name of the org's", async ({ server }) => {
      const { privateKey } = await generateKeyPair("RS256");
      issue(server, await server.token({ key: privateKey }));
      const { outcome, wrong } = await verified(server);
      expect(outcome).toBe("failed");
      expect(wrong).toMatchObject([
        { id: "signature", detail: expect.stringContaining("does not match the key") },
      ]);
    });

    test("because it ended 5 minutes ago", async ({ server }) => {
      const iat = Math.floor(Date.now() / 1000) - 2100;
      issue(server, await server.token({ payload: { iat, nbf: iat, exp: iat + 1800 } }));
      const { outcome, wrong } = await verified(server);
      expect(outcome).toBe("failed");
      expect(wrong).toMatchObject([{ id: "validity", detail: expect.stringMatching(/expired .* before/) }]);
    });
  });

  test("a token is judged by the org's clock, not by this machine's, which is told to be wrong", async ({
    server,
  }) => {
    const iat = Math.floor(Date.now() / 1000) + 3600;
    const token = await server.token({ payload: { iat, nbf: iat, exp: iat + 1800 } });
    server.answers.set("/services/oauth2/token", () => ({
      body: { access_token: token },
      headers: { date: new Date(iat * 1000).toUTCString() },
    }));
    const { outcome, wrong } = await verified(server);
    expect(outcome).toBe("passed");
    expect(wrong).toMatchObject([
      {
        id: "validity",
        outcome: "warning",
        detail: expect.stringMatching(/this machine's clock is .* behind it/),
      },
    ]);
  });

  describe("the org's keys are read where they usually are", () => {
    test("and nothing else is asked if they confirm the signature", async ({ server }) => {
      expect(await verified(server)).toMatchObject({ outcome: "passed" });
      expect([...server.asked.keys()]).not.toContain(discovery);
      expect([...server.asked.keys()]).not.toContain(discoveredKeys);
    });

    test.for<{ what: string; keys(other: TokenServer["keys"]): Answer }>([
      { what: "nothing is there", keys: () => ({ status: 404, body: {} }) },
      { what: "a page is there", keys: page(200) },
      { what: "the server is in trouble", keys: page(503) },
      { what: "no list is there", keys: () => ({ body: { keys: "none" } }) },
      { what: "the token's is not among them", keys: () => ({ body: { keys: [] } }) },
      { what: "the one of this name is another", keys: (keys) => ({ body: { keys } }) },
    ])("and where discovery says, if $what", async ({ keys }, { server }) => {
      const other = await startTokenServer();
      other.close();
      server.answers.set(usualKeys, () => keys(other.keys));
      expect(await verified(server)).toMatchObject({ outcome: "passed" });
      expect(server.asked.get(discoveredKeys)).toBe(1);
    });
  });

  describe("a token that names no key", () => {
    test("is checked with each of the org's keys", async ({ server }) => {
      const other = await startTokenServer();
      server.keys.unshift(...other.keys.map((key) => ({ ...key, kid: "older" })));
      other.close();
      issue(server, await server.token({ header: { kid: undefined } }));
      expect(await verified(server)).toMatchObject({ outcome: "passed" });
    });
  });

  describe("what could not be checked is unverified, not failed:", () => {
    test.for<{ what: string; path: string; answer: (times: number) => Answer; words: RegExp }>([
      {
        what: "discovery is in maintenance",
        path: discovery,
        answer: page(503),
        words: /openid-configuration did not return "jwks_uri", but HTTP 503, an HTML page/,
      },
      {
        what: "discovery is a page",
        path: discovery,
        answer: page(200),
        words: /HTTP 200, an HTML/,
      },
      {
        what: "the keys are a page",
        path: discoveredKeys,
        answer: page(200),
        words: /keys\/of\/today did not return "keys"/,
      },
      {
        what: "the keys are in trouble",
        path: discoveredKeys,
        answer: () => ({ status: 500, body: {} }),
        words: /HTTP 500/,
      },
      {
        what: "the keys are none",
        path: discoveredKeys,
        answer: () => ({ body: { keys: "none" } }),
        words: /could not be checked/,
      },
    ])("$what", async ({ path, answer, words }, { server }) => {
      hideUsualKeys(server);
      server.answers.set(path, answer);
      const { outcome, wrong } = await verified(server);
      expect(outcome).toBe("unverified");
      expect(wrong).toMatchObject([
        { id: "signature", outcome: "unverified", detail: expect.stringMatching(words) },
      ]);
      // It was asked again before anything was said.
      if (words.source !== "could not be checked") expect(server.asked.get(path)).toBeGreaterThan(1);
    });

    test("no published key is the one that the token names", async ({ server }) => {
      issue(server, await server.token({ header: { kid: "CORE_ATJWT.other" } }));
      const { outcome, wrong } = await verified(server);
      expect(outcome).toBe("unverified");
      expect(wrong).toMatchObject([
        {
          id: "signature",
          outcome: "unverified",
          detail: expect.stringMatching(/No matching key.*CORE_ATJWT\.other/),
        },
      ]);
      expect(wrong[0]?.detail).toContain("does not mean that the token is forged");
    });

    test.for<{ what: string; answer: Answer }>([
      { what: "in maintenance", answer: page(503)() },
      { what: "a page", answer: page(200)() },
      { what: "elsewhere", answer: { status: 302, headers: { location: "https://example.com/" } } },
    ])("the REST API is $what", async ({ answer }, { server }) => {
      server.answers.set("/services/data/v67.0/", () => answer);
      const { outcome, wrong } = await verified(server);
      expect(outcome).toBe("unverified");
      expect(wrong).toMatchObject([{ id: "restApi", outcome: "unverified" }]);
    });

    test("the CPQ tenant cannot be reached", async ({ server }) => {
      const { outcome, wrong } = await verified(server, {
        cpq: { url: "http://127.0.0.1:9", path: undefined },
      });
      expect(outcome).toBe("unverified");
      expect(wrong).toMatchObject([
        { id: "cpqApi", detail: expect.stringMatching(/127\.0\.0\.1:9 cannot be reached/) },
      ]);
    });

    test.for<{ what: string; answer: Answer; words: RegExp }>([
      { what: "in maintenance", answer: page(503)(), words: /in maintenance or has a problem.*HTTP 503/ },
      { what: "a login page", answer: page(200)(), words: /is not an OAuth answer.*HTTP 200/ },
      {
        what: "limited",
        answer: {
          status: 400,
          body: { error: "rate_limit_exceeded", error_description: "login rate exceeded" },
        },
        words: /limits how many tokens/,
      },
    ])("the token endpoint is $what", async ({ answer, words }, { server }) => {
      server.answers.set("/services/oauth2/token", () => answer);
      const { outcome, checks } = await verified(server);
      expect(outcome).toBe("unverified");
      expect(checks).toMatchObject([
        { id: "token", outcome: "unverified", detail: expect.stringMatching(words) },
      ]);
    });

    test("the token endpoint's answer breaks off, and what it holds of a token is not shown", async ({
      server,
    }) => {
      const body = `{"access_token":"${await server.token()}"`.slice(0, 280);
      server.answers.set("/services/oauth2/token", () => ({ body }));
      const { checks } = await verified(server);
      expect(checks).toMatchObject([{ id: "token", outcome: "unverified" }]);
      expect(JSON.stringify(checks)).not.toContain("eyJ");
    });

    test("the token endpoint cannot be reached", async ({ server }) => {
      server.close();
      const { outcome, checks } = await verified(server);
      expect(outcome).toBe("unverified");
      expect(checks).toMatchObject([{ id: "token", detail: expect.stringContaining("cannot be reached") }]);
    });
  });

  test.for([
    { what: "discovery", path: discovery },
    { what: "the keys", path: discoveredKeys },
    { what: "the REST API", path: "/services/data/v67.0/" },
    { what: "the token endpoint", path: "/services/oauth2/token" },
  ])("$what in trouble for a moment is asked again, and passes", async ({ path }, { server }) => {
    const passing = await server.token();
    const rest: Record<string, Answer> = {
      [discovery]: { body: { jwks_uri: `${server.url}${discoveredKeys}` } },
      [discoveredKeys]: { body: { keys: server.keys } },
      "/services/oauth2/token": { body: { access_token: passing } },
    };
    hideUsualKeys(server);
    server.answers.set(path, (times) => (times === 1 ? page(503)() : (rest[path] ?? { body: {} })));
    expect(await verified(server)).toMatchObject({ outcome: "passed" });
    expect(server.asked.get(path)).toBe(2);
  });

  test("nothing is asked again beyond a deadline", async ({ server }) => {
    server.answers.set("/services/data/v67.0/", page(503));
    const { outcome } = await withinDeadline(Date.now(), () => verified(server));
    expect(outcome).toBe("unverified");
    expect(server.asked.get("/services/data/v67.0/")).toBe(1);
  });

  test("the REST API that refuses the token fails it", async ({ server }) => {
    const body = [{ errorCode: "INVALID_SESSION_ID", message: "Session expired or invalid" }];
    server.answers.set("/services/data/v67.0/", () => ({ status: 401, body }));
    const { outcome, wrong } = await verified(server);
    expect(outcome).toBe("failed");
    expect(wrong).toMatchObject([{ id: "restApi", detail: expect.stringContaining("INVALID_SESSION_ID") }]);
  });

  describe("what the org logged", () => {
    const log = (since: number): LoginLog => ({
      username: "cpq@example.com",
      since: new Date(since).toISOString(),
      entries: [],
    });

    test("is asked for once if the token is refused, since the moment of the request by the org's clock", async ({
      server,
    }) => {
      const asked: number[] = [];
      const date = "Thu, 26 Nov 2026 12:00:00 GMT";
      server.answers.set("/services/oauth2/token", () => ({
        status: 400,
        body: {
          error: "invalid_app_access",
          error_description: "user is not admin approved to access this app",
        },
        headers: { date },
      }));
      const { checks } = await verified(server, {
        readLogins: async (since) => {
          asked.push(since);
          return log(since);
        },
      });
      expect(asked).toHaveLength(1);
      expect(asked[0]).toBeLessThanOrEqual(Date.parse(date));
      expect(asked[0]).toBeGreaterThan(Date.parse(date) - 60_000);
      expect(checks).toMatchObject([{ id: "token", outcome: "failed", logins: { entries: [] } }]);
    });

    test.for<{ what: string; answer?: Answer }>([
      { what: "issued" },
      { what: "answered by no OAuth error", answer: page(404)() },
    ])("is not asked for if the token is $what", async ({ answer }, { server }) => {
      if (answer !== undefined) server.answers.set("/services/oauth2/token", () => answer);
      const { checks } = await verified(server, {
        readLogins: () => Promise.reject(new Error("Nobody asked for it.")),
      });
      expect(checks[0]).not.toHaveProperty("logins");
    });
  });

  test("the key that signs is named", async ({ server }) => {
    const { checks } = await verified(server);
    expect(checks.find(({ id }) => id === "signature")?.detail).toContain(kid);
  });
});
