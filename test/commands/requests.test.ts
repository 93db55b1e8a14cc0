import { AsyncLocalStorage } from "node:async_hooks";
import { beforeAll, expect, test } from "vitest";
import { type RecordedRequest, recordRequests, roundTripsOf } from "../recordedRequests.ts";
import { allowCredentialAccess, type KindName } from "./appsInOrg.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";

const { sandbox, sfJson, write } = await startTestOrgs();
const command = new AsyncLocalStorage<true>();

beforeAll(() => {
  allowCredentialAccess(sandbox.org, true);
  // Requests that are made together are then under way together.
  sandbox.org.behaviour.latency = 100;
});

/** What a command asks, and in how many round trips. Questions in a row for how a job stands count once. */
async function asked(...args: string[]): Promise<{ requests: string[]; roundTrips: number }> {
  const end = recordRequests(() => command.getStore() === true);
  const { status } = await command.run(true, () => sfJson("cpq", "connectedapp", ...args));
  const recorded = end();
  expect(status).toBe(0);
  const names = recorded.map(nameOf);
  const requests = names.filter((name, index) => !/^check/.test(name) || name !== names[index - 1]);
  return { requests: requests.sort(), roundTrips: roundTripsOf(recorded).length };
}

function nameOf({ operation, url }: RecordedRequest): string {
  const path = new URL(url).pathname.replace(/^\/services\/(data\/v[\d.]+\/)?/, "");
  return operation ?? (path.replace(/\/[0-9A-Za-z]{18}/g, "/ID") || "resources");
}

const reading = ["checkRetrieveStatus", "composite/batch", "retrieve"];
const deploying = ["checkDeployStatus", "deploy"];
const verifying = [
  "/.well-known/openid-configuration",
  "/a/Admin/v3/rules",
  "/id/keys",
  "oauth2/token",
  "resources",
];

const kinds: { kind: KindName; setup: string[]; credentials: string[]; creating: number }[] = [
  { kind: "ConnectedApp", setup: ["tooling/query"], credentials: [], creating: 6 },
  {
    kind: "ExternalClientApp",
    setup: [],
    // The org makes the consumer, so it is read back.
    credentials: ["apps/oauth/credentials/ID", "apps/oauth/credentials/ID/ID"],
    creating: 8,
  },
];
test.each(kinds)("what is asked for a $kind, and in how many round trips", async (expected) => {
  const { kind, setup, credentials, creating } = expected;
  const name = `Asked_${kind}`;
  const cpq: [string, string] = ["policy:\n", `cpq:\n  url: ${sandbox.cpqUrl}\npolicy:\n`];
  const spec = write("spec.yaml", specTextOf(kind, name, cpq));
  const inSandbox = ["--spec", spec, "--target-org", "local-sandbox"];
  const read = [...reading, ...setup];

  const created = await asked("deploy", ...inSandbox);
  expect(created.requests).toEqual([...read, ...deploying, ...credentials, ...verifying].sort());
  expect(created.roundTrips).toBeLessThanOrEqual(creating);

  write("spec.yaml", specTextOf(kind, name, cpq, ["/callback", "/changed"]));
  const updated = await asked("deploy", ...inSandbox);
  expect(updated.requests).toEqual([...read, ...deploying, ...verifying].sort());
  expect(updated.roundTrips).toBeLessThanOrEqual(6);

  const unchanged = await asked("deploy", ...inSandbox);
  expect(unchanged.requests).toEqual([...read, ...verifying].sort());
  expect(unchanged.roundTrips).toBeLessThanOrEqual(4);

  const drift = await asked("drift", ...inSandbox);
  expect(drift.requests).toEqual([...read].sort());
  expect(drift.roundTrips).toBeLessThanOrEqual(2);
});
