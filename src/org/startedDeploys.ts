import { askOrg, hasId } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { pollUntilDone } from "./polling.ts";

/**
 * Waits for the end of a deploy that an earlier run started.
 *
 * @param deadline milliseconds since the epoch
 * @returns the org's word for how it ended, or for what it is doing at the deadline
 * @throws SfError as `askOrg`, for a deploy that the org does not know any more too
 */
export async function awaitDeploy(org: TargetOrg, id: string, deadline: number): Promise<string> {
  const ask = () => org.connection.metadata.checkDeployStatus(id);
  const { status } = await pollUntilDone(
    () => askOrg(org, "checkDeployStatus", ask, { isAnswer: hasId }),
    deadline,
  );
  return status;
}
