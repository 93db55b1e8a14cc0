import { setImmediate as nextTurn } from "node:timers/promises";
import { afterEach, beforeEach, expect, test } from "vitest";
import { administrator } from "../../src/localorg/administrator.ts";
import { createDeployments } from "../../src/localorg/metadata/deploy/deployments.ts";
import { defaultDeployOptions } from "../../src/localorg/metadata/deploy/deployRequest.ts";
import { deployResult } from "../../src/localorg/metadata/deploy/deployResult.ts";
import type { OrgDeployment } from "../../src/localorg/org.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox } from "./clients.ts";
import { appXml, appZip } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

/** Over HTTP a deploy is over before a client could cancel it. */
async function submitted() {
  const { org } = sandbox;
  const admin = administrator(org);
  const deployments = createDeployments({
    org,
    allOrgs: [org],
    changed: () => {},
  });
  const options = { ...defaultDeployOptions, singlePackage: true };
  const deployment = await deployments.submit(admin, await appZip(appXml("")), options, "67.0");
  return { admin, deployments, deployment };
}

async function leaves(deployment: OrgDeployment, status: OrgDeployment["status"]): Promise<void> {
  while (deployment.status === status) await nextTurn();
}

test("a deploy that waits is canceled at once", async () => {
  const { admin, deployments, deployment } = await submitted();
  expect(deployment.status).toBe("Pending");
  deployments.cancel(admin, deployment.id);
  expect(deployResult(deployment, true)).toMatchObject({
    status: "Canceled",
    done: true,
    success: false,
    canceledBy: admin.id,
    canceledByName: admin.name,
  });
  await deployment.ended;
  expect(deployment.status).toBe("Canceled");
  expect(sandbox.org.connectedApps.size).toBe(0);
});

test("a deploy that runs is canceled before it changes anything", async () => {
  const { admin, deployments, deployment } = await submitted();
  await leaves(deployment, "Pending");
  expect(deployment.status).toBe("InProgress");
  deployments.cancel(admin, deployment.id);
  expect(deployResult(deployment, false)).toMatchObject({ status: "Canceling", done: false });
  await deployment.ended;
  expect(deployment.status).toBe("Canceled");
  expect(sandbox.org.connectedApps.size).toBe(0);
});

test("a deploy that nobody cancels goes through its states, with their times", async () => {
  const { deployment } = await submitted();
  await leaves(deployment, "Pending");
  await deployment.ended;
  const result = deployResult(deployment, true);
  expect(result).toMatchObject({ status: "Succeeded", done: true, createdByName: "Ada Moreno" });
  for (const field of ["createdDate", "startDate", "lastModifiedDate", "completedDate"]) {
    expect(result[field]).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
  }
});
