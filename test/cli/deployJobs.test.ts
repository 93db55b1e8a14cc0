import { beforeAll, expect, test } from "vitest";
import { deployArgs } from "../commands/deployReports.ts";
import { specText, startTestOrgs } from "../commands/localOrgs.ts";
import { installSalesforceCli } from "./installation.ts";
import { salesforceCli } from "./salesforceCli.ts";

const { sandbox, home, spawned, write } = await startTestOrgs();
const { sfJson } = salesforceCli(home);

beforeAll(installSalesforceCli);

/** Starts a deploy that takes that long in the org, and does not wait for its end. @returns the Id of the job */
async function startedDeploy(name: string, milliseconds: number): Promise<string> {
  sandbox.org.behaviour.deployTime = milliseconds;
  const file = write(`${name}.yaml`, specText(name));
  const { status, json } = await spawned.sfJson(...deployArgs(file, "--wait", "0"));
  expect(status).toBe(69);
  const [, id = ""] = /The deploy (0Af\w{15}) is still in progress/.exec(json.message ?? "") ?? [];
  expect(json.actions?.join("\n")).toContain(`sf project deploy resume --job-id ${id}`);
  return id;
}

test("the official CLI knows a deploy of ours, and its org: it reports on it, and waits for its end", async () => {
  const id = await startedDeploy("Resumed", 15_000);
  const report = await sfJson("project", "deploy", "report", "--job-id", id);
  expect(report.json.result).toMatchObject({ id, checkOnly: false, createdByName: expect.any(String) });
  const resumed = await sfJson("project", "deploy", "resume", "--job-id", id);
  expect(resumed.json.result).toMatchObject({ id, done: true, success: true });
  expect(resumed.status).toBe(0);
  expect(sandbox.org.connectedApps.has("Resumed")).toBe(true);
});

test("the official CLI can cancel a deploy of ours", async () => {
  const id = await startedDeploy("Canceled", 60_000);
  const { json } = await sfJson("project", "deploy", "cancel", "--job-id", id);
  expect(json.result).toMatchObject({ id, status: "Canceled" });
  expect(sandbox.org.connectedApps.has("Canceled")).toBe(false);
});
