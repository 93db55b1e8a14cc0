import { AsyncLocalStorage } from "node:async_hooks";
import { beforeAll, expect, test } from "vitest";
import { type RecordedRequest, recordRequests, roundTripsOf } from "../recordedRequests.ts";
import { allowCredentialAccess, type KindName } from "./appsInOrg.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";

const { orgs, production, sandbox, sfJson, write } = await startTestOrgs();
const command = new AsyncLocalStorage<true>();

beforeAll(() => {
  for (const { org } of orgs) allowCredentialAccess(org, true);
  // Requests that are made together are then under way together.
  for (const { org } of orgs) org.behaviour.latency = 100;
});

/** What a command asks, and in how many round trips. Questions in a row for how a job stands count once. */
async function asked(...args: string[]): Promise<{ requests: string[]; roundTrips: number }> {
  const end = recordRequests(() => command.getStore() === true);
  const { status, json } = await command.run(true, () => sfJson("cpq", "connectedapp", ...args));
  const recorded = end();
  expect(status, JSON.stringify(json)).toBe(0);
  const names = recorded.map(nameOf);
  const requests = names.filter((name, index) => !/^check/.test(name) || name !== names[index - 1]);
  return { requests: requests.sort(), roundTrips: roundTripsOf(recorded).length };
}

function nameOf({ operation, url }: RecordedRequest): string {
  const path = new URL(url).pathname.replace(/^\/services\/(data\/v[\d.]+\/)?/, "");
  return operation ?? (path.replace(/\/[0-9A-Za-z]{18}/g, "/ID") || "resources");
}

/** What a connected app is read by answers at once; the parts of external client apps are retrieved, by a job. */
const reading: Record<KindName, string[]> = {
  ConnectedApp: ["composite/batch", "readMetadata", "tooling/query"],
  ExternalClientApp: ["checkRetrieveStatus", "composite/batch", "retrieve"],
};
const deploying = ["checkDeployStatus", "deploy"];
const token = "oauth2/token";
const checking = ["/a/Admin/v3/rules", "/id/keys", "resources"];

const kinds: {
  kind: KindName;
  creating: string[];
  promoting: string[];
  roundTrips: Record<string, number>;
}[] = [
  {
    kind: "ConnectedApp",
    creating: [...reading.ConnectedApp, ...deploying],
    promoting: [...reading.ConnectedApp, ...reading.ConnectedApp],
    roundTrips: { create: 5, update: 5, unchanged: 3, drift: 1, driftVerify: 3, promote: 10 },
  },
  {
    kind: "ExternalClientApp",
    // The org says early that there is no such app. It makes the consumer, so that is read back.
    creating: [
      ...["composite/batch", "retrieve"],
      ...deploying,
      ...["apps/oauth/credentials/ID", "apps/oauth/credentials/ID/ID"],
    ],
    promoting: [...reading.ExternalClientApp, ...["composite/batch", "retrieve"]],
    roundTrips: { create: 7, update: 6, unchanged: 4, drift: 2, driftVerify: 4, promote: 13 },
  },
];
test.each(kinds)("what is asked for a $kind, and in how many round trips", async (expected) => {
  const { kind, creating, promoting, roundTrips } = expected;
  const name = `Asked_${kind}`;
  const environments = `environments:
  uat: { targetOrg: local-sandbox, orgType: sandbox }
  production:
    targetOrg: local-production
    orgType: production
    cpq: { url: "${production.cpqUrl}" }
    oauth: { callbackUrl: https://example.com/production, clientCredentials: { runAs: cpq.integration@example.com } }
`;
  const cpq: [string, string] = ["policy:\n", `cpq:\n  url: ${sandbox.cpqUrl}\npolicy:\n`];
  const written = (...changes: [string, string][]) =>
    write("spec.yaml", `${specTextOf(kind, name, cpq, ...changes)}${environments}`);
  const inSandbox = ["--spec", written(), "--environment", "uat"];
  const read = reading[kind];
  const verifying = [token, ...checking];

  // The source; the target twice, since somebody may take time to read the plan; and the deploy that it only checks.
  const promoted = [...[...verifying, ...promoting, ...deploying], ...[...creating, ...verifying]].sort();

  const found = {
    create: await asked("deploy", ...inSandbox),
    update: await asked("deploy", "--spec", written(["/callback", "/changed"]), "--environment", "uat"),
    unchanged: await asked("deploy", ...inSandbox),
    drift: await asked("drift", ...inSandbox),
    driftVerify: await asked("drift", "--verify", ...inSandbox),
    verify: await asked("verify", ...inSandbox),
    token: await asked("token", ...inSandbox),
    cached: await asked("token", ...inSandbox),
    promote: await asked("promote", "--spec", "spec.yaml", ...wayUp),
  };
  const requests = Object.fromEntries(Object.entries(found).map(([row, { requests }]) => [row, requests]));
  expect(requests).toEqual({
    create: [...creating, ...verifying].sort(),
    update: [...read, ...deploying, ...verifying].sort(),
    unchanged: [...read, ...verifying].sort(),
    drift: read.toSorted(),
    driftVerify: [...read, ...verifying].sort(),
    // Nobody has asked who the Run As user is, so the token is used to ask for that.
    verify: [token, ...checking, "query"].filter((call) => call !== "resources").sort(),
    token: [token],
    cached: [],
    promote: promoted,
  });
  const trips = Object.fromEntries(Object.entries(found).map(([row, { roundTrips }]) => [row, roundTrips]));
  expect(trips).toEqual({ ...roundTrips, verify: 2, token: 1, cached: 0 });
});

const wayUp = ["--from", "uat", "--to", "production", "--no-prompt", "--yes-production"];
