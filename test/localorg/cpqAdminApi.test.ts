import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { defaultBehaviour } from "../../src/localorg/seed.ts";
import { type LocalOrgs, type RunningOrg, startLocalOrgs } from "../../src/localorg/start.ts";
import { getWithToken, requestToken, userOf } from "./clients.ts";
import { addConnectedApp, consumerKey, consumerSecret, cpqApp, withOAuth } from "./connectedApp.ts";

let orgs: LocalOrgs;
let sandbox: RunningOrg;
let production: RunningOrg;
const tablesPath = "/api/managedTables/v1/managedTables";

beforeAll(async () => {
  orgs = await startLocalOrgs();
  [sandbox, production] = orgs.orgs as [RunningOrg, RunningOrg];
});
afterAll(() => orgs.stop());
beforeEach(() => {
  for (const { org } of orgs.orgs) {
    Object.assign(org.behaviour, defaultBehaviour);
    addConnectedApp(org, cpqApp);
  }
});

test.each([
  [tablesPath, "regionalPricing"],
  ["/api/admin/v3/rules", "Hide express shipping outside the region"],
  ["/api/Admin/v3/rules", "Hide express shipping outside the region"],
  ["/api/admin/v2/blueprints", "Panel configurator"],
])("lists a page of %s for the JWT of the integration user", async (path, name) => {
  const response = await getWithToken(`${sandbox.cpqUrl}${path}?page=0&size=1`, await requestToken(sandbox));
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({
    content: [{ name }],
    number: 0,
    size: 1,
    numberOfElements: 1,
    first: true,
    last: false,
    pageable: { pageNumber: 0, pageSize: 1, offset: 0 },
  });
});

test("pages through all rules, and past the end finds none", async () => {
  const token = await requestToken(sandbox);
  const page = async (query: string) =>
    (await (await getWithToken(`${sandbox.cpqUrl}/api/admin/v3/rules${query}`, token)).json()) as {
      content: { id: number }[];
      totalPages: number;
      totalElements: number;
      last: boolean;
      size: number;
      empty: boolean;
    };
  const first = await page("?page=0&size=3");
  const second = await page("?page=1&size=3");
  expect([first.totalPages, first.last, second.last]).toEqual([2, false, true]);
  const ids = [...first.content, ...second.content].map(({ id }) => id);
  expect(new Set(ids).size).toBe(first.totalElements);
  expect(await page("?page=9&size=3")).toMatchObject({ empty: true, last: true });
  expect(await page("?page=x&size=-1")).toMatchObject({ size: 20 });
});

describe("the token is not accepted", () => {
  const expectUnauthorized = async (token: string | undefined) => {
    const headers: Record<string, string> = token === undefined ? {} : { Authorization: `Bearer ${token}` };
    const response = await fetch(sandbox.cpqUrl + tablesPath, { headers });
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      errorCode: expect.stringMatching(/^LGK-[0-9A-F]{25}$/),
      errorMessage: expect.any(String),
      timestamp: expect.any(String),
    });
  };

  test("when there is none, or it is no JWT", async () => {
    await expectUnauthorized(undefined);
    await expectUnauthorized("nonsense");
    await expectUnauthorized(sandbox.accessToken);
  });

  test("when its signature does not fit", async () => {
    const token = await requestToken(sandbox);
    const last = token.lastIndexOf(".") + 1;
    await expectUnauthorized(
      token.slice(0, last) + (token[last] === "A" ? "B" : "A") + token.slice(last + 1),
    );
  });

  test("when another org has issued it", async () => {
    await expectUnauthorized(await requestToken(production));
  });

  test("when its time is over", async () => {
    let now = Date.now();
    sandbox.org.behaviour.now = () => now;
    const token = await requestToken(sandbox);
    now += 29 * 60_000;
    expect((await getWithToken(sandbox.cpqUrl + tablesPath, token)).status).toBe(200);
    now += 61_000;
    await expectUnauthorized(token);
  });
});

test("a user without the CPQ permission set is known, but refused", async () => {
  const oauthClientCredentialUser = "cpq.other@example.com";
  addConnectedApp(sandbox.org, withOAuth({ oauthClientCredentialUser, isAdminApproved: "false" }));
  const token = await requestToken(sandbox);
  const refused = await getWithToken(sandbox.cpqUrl + tablesPath, token);
  expect([refused.status, await refused.json()]).toEqual([
    403,
    expect.objectContaining({ errorMessage: "Access is denied." }),
  ]);
  const user = userOf(sandbox, oauthClientCredentialUser);
  user.permissionSets.push("CPQ_Integration");
  expect((await getWithToken(sandbox.cpqUrl + tablesPath, token)).status).toBe(200);
  user.permissionSets.pop();
});

test("the admin UI's prefix leads to a login page, with and without a token", async () => {
  const token = await requestToken(sandbox);
  for (const response of [
    await getWithToken(`${sandbox.cpqUrl}/a/admin/v3/rules`, token),
    await fetch(`${sandbox.cpqUrl}/a/admin/v3/rules`, { redirect: "manual" }),
  ]) {
    expect([response.status, response.headers.get("Location")]).toEqual([302, "/login"]);
  }
  const login = await fetch(`${sandbox.cpqUrl}/a/admin/v3/rules`);
  expect(login.headers.get("Content-Type")).toContain("text/html");
});

test("unknown paths and methods have their own answers", async () => {
  const token = await requestToken(sandbox);
  expect((await getWithToken(`${sandbox.cpqUrl}/api/nothing`, token)).status).toBe(404);
  const headers = { Authorization: `Bearer ${token}` };
  expect((await fetch(sandbox.cpqUrl + tablesPath, { method: "DELETE", headers })).status).toBe(405);
});

describe("the Postman collection, run by newman", () => {
  const run = (clientSecret: string) => {
    const newman = fileURLToPath(import.meta.resolve("newman/bin/newman.js"));
    const variables = {
      myDomainUrl: sandbox.org.myDomainUrl,
      cpqUrl: sandbox.cpqUrl,
      clientId: consumerKey,
      clientSecret,
    };
    const variableArguments = Object.entries(variables).flatMap(([key, value]) => [
      "--env-var",
      `${key}=${value}`,
    ]);
    const collection = "templates/postman/client-credentials.postman_collection.json";
    return promisify(execFile)(process.execPath, [
      newman,
      "run",
      collection,
      "--color",
      "off",
      ...variableArguments,
    ]);
  };

  test("gets a JWT and calls the CPQ admin API with it", async () => {
    const { stdout } = await run(consumerSecret);
    expect(stdout).toContain("the access token is a JWT");
    expect(stdout).toContain("the answer is a page of tables");
  });

  test("fails with a wrong secret", async () => {
    await expect(run("wrong")).rejects.toMatchObject({ code: 1 });
  });
});
