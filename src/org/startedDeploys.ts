import { setTimeout as pause } from "node:timers/promises";
import type { MetadataApiDeployStatus } from "@salesforce/source-deploy-retrieve";
import { messagesOf } from "../messages.ts";
import { askOrg, hasId } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { timeAt } from "./orgTime.ts";
import { pollUntilDone } from "./polling.ts";
import { queryOrg } from "./queryOrg.ts";
import { asList } from "./soapList.ts";

/**
 * Waits for the end of a deploy that an earlier run started.
 *
 * @param deadline milliseconds since the epoch
 * @returns the org's word for how it ended, or for what it is doing at the deadline; when it ended, by the org's clock
 * @throws SfError as `askOrg`, for a deploy that the org does not know any more too
 */
export async function awaitDeploy(
  org: TargetOrg,
  id: string,
  deadline: number,
): Promise<{ done: boolean; status: string; endedAt?: string }> {
  const { done, status, completedDate } = await statusAtEnd(org, id, { withDetails: false, deadline });
  return { done, status, ...(completedDate ? { endedAt: completedDate } : {}) };
}

/** How the end of a deploy is waited for. */
interface StatusRequest {
  /** Of each component too. */
  withDetails: boolean;
  /** By the Metadata REST API. */
  rest?: boolean;
  /** Milliseconds since the epoch. */
  deadline: number;
  onStatus?: ((status: string) => void) | undefined;
}

/** The org's last answer about a deploy: at its end, or at the deadline. @throws SfError as `askOrg` */
export function statusAtEnd(
  org: TargetOrg,
  id: string,
  { withDetails, rest = false, deadline, onStatus }: StatusRequest,
): Promise<MetadataApiDeployStatus> {
  // The client library's own type leaves out what the other one of the same answer has.
  const ask = () =>
    org.connection.metadata.checkDeployStatus(id, withDetails, rest) as Promise<MetadataApiDeployStatus>;
  return pollUntilDone(() => askOrg(org, "checkDeployStatus", ask, { isAnswer: hasId }), deadline, {
    onAnswer: ({ status }) => onStatus?.(String(status)),
  });
}

/** A deploy whose answer was lost. */
interface LostDeploy {
  /** Full names of all its components. */
  components: readonly string[];
  checkOnly: boolean;
  /** When it was sent, by the org's clock: milliseconds since the epoch. */
  sentAt: number;
  /** Milliseconds since the epoch until which a deploy that may be it is waited for. */
  deadline: number;
}

interface DeployRow {
  Id: string;
  CreatedDate: string;
  CheckOnly: boolean;
  CreatedBy: { Username: string } | null;
}

/** What comes late is listed late: milliseconds before each look at what was sent just now. */
const looks = [0, 1000, 3000];

/** Longer than any request is waited for. */
const longestWay = 150_000;

/** A Date header has whole seconds. */
const tolerance = 2000;

/**
 * Looks for a deploy that the org may have accepted, though its answer did not arrive. Nothing in a deploy can carry a
 * mark of its sender, so it is recognised by the user, by the time, and by its components once it has ended. Those whose answers arrived are not meant.
 *
 * @returns its Id; undefined if the org has no such deploy
 * @throws SfError as `askOrg`; `SeveralDeploysError` if it may be any of several
 */
export async function findLostDeploy(org: TargetOrg, lost: LostDeploy): Promise<string | undefined> {
  const isOfNow = timeAt(org.instanceUrl) - lost.sentAt < longestWay;
  for (const milliseconds of isOfNow ? looks : [0]) {
    await pause(milliseconds);
    const ids = await deploysSince(org, lost);
    const found = await Promise.all(ids.map(async (id) => ((await isThis(org, id, lost)) ? [id] : [])));
    const [id, ...others] = found.flat();
    if (others.length > 0)
      throw messagesOf("org").createError("severalDeploys", [org.name, [id, ...others].join(", ")]);
    if (id !== undefined) return id;
  }
  return undefined;
}

async function deploysSince(org: TargetOrg, { checkOnly, sentAt }: LostDeploy): Promise<string[]> {
  const soql =
    "SELECT Id, CreatedDate, CheckOnly, CreatedBy.Username FROM DeployRequest ORDER BY CreatedDate DESC LIMIT 50";
  const { rememberedJobs } = await import("./deployJobs.ts");
  const [rows, known] = await Promise.all([
    queryOrg<DeployRow>(org, soql, { tooling: true }),
    rememberedJobs(),
  ]);
  return rows
    .filter(({ Id }) => !known.has(Id))
    .filter(({ CheckOnly }) => CheckOnly === checkOnly)
    .filter(({ CreatedBy }) => CreatedBy?.Username.toLowerCase() === org.username.toLowerCase())
    .filter(({ CreatedDate }) => Date.parse(CreatedDate) >= sentAt - tolerance)
    .map(({ Id }) => Id);
}

/** Whether a deploy is of these components. One that has not ended by the deadline does not tell, and is taken for it. */
async function isThis(org: TargetOrg, id: string, { components, deadline }: LostDeploy): Promise<boolean> {
  const { done, success, details } = await statusAtEnd(org, id, { withDetails: true, deadline });
  if (!done) return true;
  const theirs = [...asList(details?.componentSuccesses), ...asList(details?.componentFailures)]
    .filter(({ componentType }) => Boolean(componentType))
    .map(({ fullName }) => fullName);
  const isOfThem = theirs.length > 0 && theirs.every((name) => components.includes(name));
  // A deploy that failed need not name all of its components.
  return isOfThem && (!success || components.every((name) => theirs.includes(name)));
}
