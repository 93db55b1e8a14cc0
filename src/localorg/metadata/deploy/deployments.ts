import { setTimeout } from "node:timers/promises";
import type { OrgDeployment, OrgUser } from "../../org.ts";
import { fullId, newId } from "../../salesforceId.ts";
import type { MetadataContext } from "../metadataContext.ts";
import { MetadataError } from "../metadataError.ts";
import type { DeployMessage, DeployOptions, DeployStatus } from "./deployRequest.ts";
import { readZip, ZipProblem } from "./packageZip.ts";
import { runDeploy } from "./runDeploy.ts";

/** The deploys of one org. */
export interface Deployments {
  /**
   * Queues a deploy. The zip is read before the client has its Id, so that a deploy that takes no time is over when the
   * client asks for it.
   *
   * @param apiVersion of files whose manifest names none, such as `67.0`
   */
  submit(user: OrgUser, zip: Uint8Array, options: DeployOptions, apiVersion: string): Promise<OrgDeployment>;
  /** @throws MetadataError if there is no deploy with this Id */
  find(id: string): OrgDeployment;
  /** @throws MetadataError if there is no such deploy, or it is over */
  cancel(user: OrgUser, id: string): OrgDeployment;
}

/** Runs the deploys of an org one after the other, each soon after its request. */
export function createDeployments(context: MetadataContext): Deployments {
  const { org } = context;
  let queue: Promise<void> = Promise.resolve();

  function find(id: string): OrgDeployment {
    const found = org.deployments.get(fullId(id));
    if (!found) {
      throw new MetadataError("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
    }
    return found;
  }

  function finish(deployment: OrgDeployment, status: DeployStatus): void {
    deployment.status = status;
    deployment.completedAt = deployment.modifiedAt = org.behaviour.now();
  }

  async function run(
    deployment: OrgDeployment,
    unpacked: Promise<Map<string, Uint8Array>>,
    apiVersion: string,
  ): Promise<void> {
    await nextTurn();
    if (deployment.status === "Canceled") return;
    deployment.status = "InProgress";
    deployment.startedAt = deployment.modifiedAt = org.behaviour.now();
    try {
      const files = await unpacked;
      await nextTurn();
      const { deployTime } = org.behaviour;
      if (deployTime > 0) await setTimeout(deployTime, undefined, { ref: false });
      if (isCanceling(deployment)) {
        finish(deployment, "Canceled");
        return;
      }
      const { messages, kept } = runDeploy(
        context,
        deployment.createdBy,
        files,
        deployment.options,
        apiVersion,
      );
      deployment.messages = messages;
      finish(deployment, endStatus(messages, kept));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      deployment.error = {
        code: "UNKNOWN_EXCEPTION",
        message: error instanceof ZipProblem ? message : `An unexpected error occurred: ${message}`,
      };
      finish(deployment, "Failed");
    }
  }

  return {
    find,
    async submit(user, zip, options, apiVersion) {
      const unpacked = readZip(zip);
      // Whoever runs the deploy meets the problem.
      await unpacked.catch(() => {});
      const now = org.behaviour.now();
      const deployment: OrgDeployment = {
        id: newId("0Af"),
        options,
        status: "Pending",
        createdBy: user,
        canceledBy: undefined,
        createdAt: now,
        startedAt: undefined,
        modifiedAt: now,
        completedAt: undefined,
        messages: [],
        error: undefined,
        ended: queue.then(() => run(deployment, unpacked, apiVersion)),
      };
      org.deployments.set(deployment.id, deployment);
      queue = deployment.ended;
      return deployment;
    },
    cancel(user, id) {
      const deployment = find(id);
      if (deployment.completedAt !== undefined) {
        throw new MetadataError("INVALID_ID_FIELD", "Deployment already completed");
      }
      deployment.canceledBy = user;
      if (deployment.status === "Pending") finish(deployment, "Canceled");
      else deployment.status = "Canceling";
      return deployment;
    },
  };
}

function endStatus(messages: DeployMessage[], kept: boolean): DeployStatus {
  if (messages.every(({ success }) => success)) return "Succeeded";
  const anyDeployed = messages.some(({ success, componentType }) => success && componentType !== "");
  return kept && anyDeployed ? "SucceededPartial" : "Failed";
}

function isCanceling(deployment: OrgDeployment): boolean {
  return deployment.status === "Canceling";
}

/** Lets waiting requests be answered first, so that a client can see each status, or cancel. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
