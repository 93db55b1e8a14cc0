import { ConfigAggregator } from "@salesforce/core";
import type {
  ComponentSet,
  DeployMessage,
  MetadataApiDeployStatus,
} from "@salesforce/source-deploy-retrieve";
import type { MetadataFile } from "../metadata/kind.ts";
import { askOrg, hasId } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { rememberJob } from "./deployJobs.ts";
import type { ComponentName } from "./memoryDeploy.ts";
import { pollUntilDone } from "./polling.ts";
import { asList } from "./soapList.ts";

/** What the org said about one component that it refused. */
interface ComponentFailure {
  type: string;
  fullName: string;
  fileName: string;
  /** The org's own words. */
  problem: string;
  line?: number;
  column?: number;
}

/** How a deploy ended, or that it has not ended yet. */
export interface DeployOutcome {
  id: string;
  done: boolean;
  success: boolean;
  status: string;
  failures: ComponentFailure[];
  /** The components that the org accepted, or would accept, and whether each is new there. */
  saved: { type: string; fullName: string; created: boolean; id?: string }[];
  /** Words of the org about the deploy as a whole. */
  errorMessage?: string;
}

/** What `deployFiles` needs besides the files. */
export interface DeployRequest {
  /** Let the org check everything and change nothing. */
  checkOnly: boolean;
  /** Milliseconds since the epoch. */
  deadline: number;
  onStatus?(status: string): void;
  /** Of a deploy that changes the org: the org has accepted it. */
  onStart?(id: string): void;
  /** How it ended, in the org's word. */
  onEnd?(id: string, status: string): void;
}

/** Starts to load the library for deploys, which takes a moment, while the caller waits for something else. */
export function prepareDeploys(): void {
  // The deploy waits for it, and reports what goes wrong.
  loadLibrary().catch(() => {});
}

function loadLibrary() {
  return import("./memoryDeploy.ts");
}

/**
 * Deploys files from memory, because they may hold a consumer secret, which must not touch the disk. All or nothing.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy.htm
 */
export async function deployFiles(
  org: TargetOrg,
  files: readonly MetadataFile[],
  request: DeployRequest,
): Promise<DeployOutcome> {
  const { componentsOf } = await loadLibrary();
  return deployComponents(org, componentsOf(files), request);
}

/** Deletes components, as `deployFiles` deploys them. */
export async function deleteComponents(
  org: TargetOrg,
  names: readonly ComponentName[],
  request: DeployRequest,
): Promise<DeployOutcome> {
  const { deletionsOf } = await loadLibrary();
  return deployComponents(org, deletionsOf(names), request);
}

async function deployComponents(
  org: TargetOrg,
  components: ComponentSet,
  { checkOnly, deadline, onStatus, onStart, onEnd }: DeployRequest,
): Promise<DeployOutcome> {
  const { MemoryDeploy } = await loadLibrary();
  const rest = (await ConfigAggregator.create()).getPropertyValue("org-metadata-rest-deploy") === "true";
  const apiOptions = { checkOnly, rollbackOnError: true, singlePackage: true, rest };
  const job = new MemoryDeploy({ usernameOrConnection: org.connection, components, apiOptions });
  const { id } = await askOrg(org, "deploy", () => job.start(), { isAnswer: hasId, changes: true });
  if (!checkOnly) onStart?.(id);
  const remembered = rememberJob({ id, username: org.username, rest, checkOnly });
  const result = await pollUntilDone(
    () => askOrg(org, "checkDeployStatus", () => job.checkStatus(), { isAnswer: hasId }),
    deadline,
    (answer) => onStatus?.(String(answer.status)),
  );
  await remembered;
  if (result.done) {
    if (!checkOnly) onEnd?.(id, String(result.status));
    await job.announce(result);
  }
  return outcomeOf(id, result);
}

function outcomeOf(id: string, result: MetadataApiDeployStatus): DeployOutcome {
  const { done, success, status, details, errorMessage } = result;
  return {
    id,
    done,
    success,
    status: String(status),
    failures: asList(details?.componentFailures).map(toFailure),
    saved: asList(details?.componentSuccesses).map(({ componentType = "", fullName, created, id }) => ({
      type: componentType,
      fullName,
      created: String(created) === "true",
      ...(id ? { id } : {}),
    })),
    ...(errorMessage ? { errorMessage } : {}),
  };
}

function toFailure(message: DeployMessage): ComponentFailure {
  const { componentType = "", fullName, fileName, problem = "", lineNumber, columnNumber } = message;
  return {
    type: componentType,
    fullName,
    fileName,
    problem,
    ...(lineNumber ? { line: Number(lineNumber) } : {}),
    ...(columnNumber ? { column: Number(columnNumber) } : {}),
  };
}
