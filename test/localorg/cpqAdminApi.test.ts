import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { defaultBehaviour } from "../../src/localorg/behaviour.ts";
import { type LocalOrgs, type RunningOrg, startLocalOrgs } from "../../src/localorg/start.ts";
import { getWithToken, requestToken, userOf } from "./clients.ts";
import { addConnectedApp, cpqApp, withOAuth } from "./connectedApp.ts";

let orgs: LocalOrgs;
let sandbox: RunningOrg;
let production: RunningOrg;
const tablesPath = "/a/managed_tables/v1/managedTables";

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

// The vendor's "Intro to admin API keys": JWTs go to the paths of the admin UI, keys to those below /api.
const reads = [
  { path: "/a/Admin/v3/rules", takes: "JWTs", first: "Hide express shipping outside the region" },
  { path: tablesPath, takes: "JWTs", first: "regionalPricing" },
  { path: "/api/Admin/v3/rules", takes: "keys", first: "Hide express shipping outside the region" },
  { path: "/api/managedTables/v1/managedTables", takes: "keys", first: "regionalPricing" },
  // By its API reference, and by the same rule of the vendor for the two ways.
  { path: "/a/admin/v2/blueprints", takes: "JWTs", first: "Panel builder" },
  { path: "/api/admin/v2/blueprints", takes: "keys", first: "Panel builder" },
] as const;

describe.each(reads)("$path", ({ path, takes, first }) => {
  const bearers = async () => {
    const [jwt, key] = [await requestToken(sandbox), sandbox.cpqAdminApiKey];
    return takes === "JWTs" ? { right: jwt, wrong: key } : { right: key, wrong: jwt };
  };

  test(`lists a page for ${takes}`, async () => {
    const { right } = await bearers();
    const response = await getWithToken(`${sandbox.cpqUrl}${path}?page=0&size=1`, right);
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      content: [{ name: first }],
      number: 0,
      size: 1,
      numberOfElements: 1,
      first: true,
      last: false,
      pageable: { pageNumber: 0, pageSize: 1, offset: 0 },
    });
  });

  test(`takes ${takes} only`, async () => {
    const { wrong } = await bearers();
    expect((await getWithToken(sandbox.cpqUrl + path, wrong)).status).toBe(401);
  });
});

test("the columns of a table are read by its name", async () => {
  const metadata = (table: string) => `${sandbox.cpqUrl}${tablesPath}/${table}/metadata`;
  const token = await requestToken(sandbox);
  expect(await (await getWithToken(metadata("shapes"), token)).json()).toMatchObject({ name: "shapes" });
  expect((await getWithToken(metadata("nothing"), token)).status).toBe(404);
});

test.each([
  "/a/admin/v3/rules",
  "/a/managedTables/v1/managedTables",
  "/a/Admin/v2/blueprints",
  "/api/admin/v3/rules",
  "/api/managed_tables/v1/managedTables",
  "/api/nothing",
])("%s is no path that the vendor documents", async (path) => {
  const bearer = path.startsWith("/api") ? sandbox.cpqAdminApiKey : await requestToken(sandbox);
  expect((await getWithToken(sandbox.cpqUrl + path, bearer)).status).toBe(404);
});

test("pages through all rules, and past the end finds none", async () => {
  const token = await requestToken(sandbox);
  const page = async (query: string) =>
    (await (await getWithToken(`${sandbox.cpqUrl}/a/Admin/v3/rules${query}`, token)).json()) as {
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
  const expectUnauthorized = async (token: string) => {
    const response = await getWithToken(sandbox.cpqUrl + tablesPath, token);
    expect(response.status).toBe(401);
    expect(await response.json()).toEqual({
      errorCode: expect.stringMatching(/^LGK-[0-9A-F]{25}$/),
      errorMessage: expect.any(String),
      timestamp: expect.any(String),
    });
  };

  test("when it is no JWT", async () => {
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

test("without a token, the admin UI leads to its login page", async () => {
  const response = await fetch(sandbox.cpqUrl + tablesPath, { redirect: "manual" });
  expect([response.status, response.headers.get("Location")]).toEqual([302, "/login"]);
  const login = await fetch(sandbox.cpqUrl + tablesPath);
  expect(login.headers.get("Content-Type")).toContain("text/html");
});

test("other methods than GET are not supported", async () => {
  const headers = { Authorization: `Bearer ${await requestToken(sandbox)}` };
  expect((await fetch(sandbox.cpqUrl + tablesPath, { method: "DELETE", headers })).status).toBe(405);
});
