import { ConfigAggregator } from "@salesforce/core/configAggregator";
import type { DeployMessage, MetadataApiDeployStatus } from "@salesforce/source-deploy-retrieve";
import { messagesOf } from "../messages.ts";
import type { MetadataFile } from "../metadata/kind.ts";
import { SfError } from "../sfError.ts";
import { askOrg, hasId, mayHaveArrived } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { type ComponentName, componentsOf, type DeployContent } from "./deployContent.ts";
import { announceDeploy } from "./deployEvents.ts";
import { timeAt } from "./orgTime.ts";
import { asList } from "./soapList.ts";
import { findLostDeploy, statusAtEnd } from "./startedDeploys.ts";

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

/** Why the org refused components, in the org's words; if it says nothing of them, what is known otherwise. */
export function refusalReason(failures: readonly ComponentFailure[], otherwise: string): string {
  return failures.map(({ problem }) => problem).join("; ") || otherwise;
}

/** A deploy before the org has given it an Id. */
interface SentDeploy {
  /** By the org's clock: milliseconds since the epoch. */
  sentAt: number;
  /** Full names of its components. */
  components: string[];
}

/** What `deployFiles` needs besides the files. */
export interface DeployRequest {
  /** Let the org check everything and change nothing. */
  checkOnly: boolean;
  /** Milliseconds since the epoch. */
  deadline: number;
  onStatus?(status: string): void;
  /** Of a deploy that changes the org: it is about to be sent. */
  onSend?(sent: SentDeploy): void;
  /** The org has accepted it. @param known settles when the CLI's own deploy commands know it */
  onStart?(id: string, known: Promise<void>): void;
  /** The org has not accepted it after all. */
  onRefuse?(): void;
  /** How it ended, in the org's word, and when, by its clock. */
  onEnd?(id: string, status: string, endedAt: string | undefined): void;
  /** The answer was lost, and the org was found to have accepted it all the same: a sentence for people. */
  onFound?(text: string): void;
}

/**
 * Deploys files from memory, because they may hold a consumer secret, which must not touch the disk. All or nothing.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_deploy.htm
 */
export function deployFiles(
  org: TargetOrg,
  files: readonly MetadataFile[],
  request: DeployRequest,
): Promise<DeployOutcome> {
  return deploy(org, { files }, request);
}

/** Deletes components, as `deployFiles` deploys them. */
export function deleteComponents(
  org: TargetOrg,
  deletions: readonly ComponentName[],
  request: DeployRequest,
): Promise<DeployOutcome> {
  return deploy(org, { deletions }, request);
}

async function deploy(
  org: TargetOrg,
  content: DeployContent,
  request: DeployRequest,
): Promise<DeployOutcome> {
  const { checkOnly, deadline, onStatus, onSend, onStart, onEnd } = request;
  const { connection, username } = org;
  // Most runs deploy nothing, and should not load what makes a zip.
  const { deployZip } = await import("./deployZip.ts");
  const rest = (await ConfigAggregator.create()).getPropertyValue("org-metadata-rest-deploy") === "true";
  const zip = await deployZip(content, connection.version);
  const announceEnd = await announceDeploy(org, content);
  const options = { checkOnly, ignoreWarnings: false, rollbackOnError: true, singlePackage: true };
  const send = () =>
    rest ? connection.metadata.deployRest(zip, options) : connection.metadata.deploy(zip, options);
  const names = new Set(componentsOf(content).map(({ fullName }) => fullName));
  const sent = { sentAt: timeAt(org.instanceUrl), components: [...names] };
  if (!checkOnly) onSend?.(sent);
  const { id } = await askOrg(org, "deploy", send, { isAnswer: hasId, changes: true }).catch(
    (error: unknown) => foundAgain(org, sent, request, error),
  );
  // It needs the whole of the CLI's library, which is loaded while the org works.
  const remembered = import("./deployJobs.ts").then(({ rememberJob }) =>
    rememberJob({ id, username, rest, checkOnly }),
  );
  if (!checkOnly) onStart?.(id, remembered);
  // A run that fails here tells people to ask the CLI for the deploy, so the CLI must know it.
  const result = await statusAtEnd(org, id, { withDetails: true, rest, deadline, onStatus }).finally(
    () => remembered,
  );
  if (result.done) {
    if (!checkOnly) onEnd?.(id, String(result.status), result.completedDate);
    await announceEnd(result);
  }
  return outcomeOf(id, result);
}

/**
 * The deploy that the org accepted, though its answer was lost. It is not sent again, as it could be made twice.
 *
 * @throws SfError that failed it, with what is known of it
 */
async function foundAgain(
  org: TargetOrg,
  sent: SentDeploy,
  { checkOnly, deadline, onFound, onRefuse }: DeployRequest,
  failure: unknown,
): Promise<{ id: string }> {
  if (!mayHaveArrived(failure)) {
    onRefuse?.();
    throw failure;
  }
  const messages = messagesOf("org");
  const error = SfError.wrap(failure);
  try {
    const id = await findLostDeploy(org, { ...sent, checkOnly, deadline });
    if (id !== undefined) {
      onFound?.(messages.getMessage("deployFound", [error.message, org.name, id]));
      return { id };
    }
    onRefuse?.();
    error.message = `${error.message} ${messages.getMessage("deployNotFound", [org.name])}`;
  } catch (reason) {
    const { message } = SfError.wrap(reason);
    error.message = `${error.message} ${messages.getMessage("deployUncertain", [org.name, message])}`;
  }
  throw error;
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
