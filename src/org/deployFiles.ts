import { ConfigAggregator } from "@salesforce/core";
import type { MetadataFile } from "../metadata/kind.ts";
import { askOrg, hasId } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { type ComponentName, packDeletions, packFiles } from "./package.ts";
import { pollUntilDone } from "./polling.ts";
import { asList } from "./soapList.ts";

/** What the org said of one component that it refused. */
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
  /** The components that the org took, or would take, and whether it had none of that name. */
  saved: { type: string; fullName: string; created: boolean }[];
  /** Words of the org that belong to no component. */
  errorMessage?: string;
}

/** What `deployFiles` needs to know beside the files. */
export interface DeployRequest {
  /** Let the org check everything and change nothing. */
  checkOnly: boolean;
  /** Milliseconds since the epoch. */
  deadline: number;
  onStatus?(status: string): void;
}

/**
 * Deploys files from memory: they may hold a consumer secret, which must not touch the disk. All or nothing.
 *
 * The library for source deploys is not used, because it would apply the working folder's `.forceignore` and string
 * replacements to files that are not in that folder, and can be told by the environment to keep a copy on disk.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy.htm
 */
export async function deployFiles(
  org: TargetOrg,
  files: readonly MetadataFile[],
  request: DeployRequest,
): Promise<DeployOutcome> {
  return deployPackage(org, await packFiles(files, org.connection.version), request);
}

/** Deletes components, as `deployFiles` deploys them. */
export async function deleteComponents(
  org: TargetOrg,
  components: readonly ComponentName[],
  request: DeployRequest,
): Promise<DeployOutcome> {
  return deployPackage(org, await packDeletions(components, org.connection.version), request);
}

async function deployPackage(org: TargetOrg, zip: Buffer, request: DeployRequest): Promise<DeployOutcome> {
  const { connection } = org;
  const rest = (await ConfigAggregator.create()).getPropertyValue("org-metadata-rest-deploy") === "true";
  const options = { checkOnly: request.checkOnly, rollbackOnError: true, singlePackage: true, rest };
  const start = () => connection.deploy(zip, options);
  const { id } = (await askOrg(org, "deploy", start, { isAnswer: hasId, changes: true })) as { id: string };
  const result = await pollUntilDone(
    () =>
      askOrg(org, "checkDeployStatus", () => connection.metadata.checkDeployStatus(id, true, rest), {
        isAnswer: hasId,
      }),
    request.deadline,
    (answer) => request.onStatus?.(String(answer.status)),
  );
  const errorMessage = result.errorMessage ?? undefined;
  return {
    id,
    done: result.done,
    success: result.success,
    status: String(result.status),
    failures: asList(result.details?.componentFailures).map(toFailure),
    saved: asList(result.details?.componentSuccesses).map(({ componentType, fullName, created }) => ({
      type: componentType ?? "",
      fullName,
      created: String(created) === "true",
    })),
    ...(errorMessage === undefined ? {} : { errorMessage }),
  };
}

interface ComponentMessage {
  componentType?: string | null | undefined;
  fullName: string;
  fileName: string;
  problem?: string | null | undefined;
  lineNumber?: number | null | undefined;
  columnNumber?: number | null | undefined;
}

function toFailure(message: ComponentMessage): ComponentFailure {
  return {
    type: message.componentType ?? "",
    fullName: message.fullName,
    fileName: message.fileName,
    problem: message.problem ?? "",
    ...(message.lineNumber ? { line: message.lineNumber } : {}),
    ...(message.columnNumber ? { column: message.columnNumber } : {}),
  };
}
