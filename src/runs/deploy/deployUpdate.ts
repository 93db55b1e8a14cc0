import { lacksEntries, withoutRepeats } from "../../metadata/additions.ts";
import { refusesOwnKey } from "../../metadata/failures.ts";
import type { MetadataFile } from "../../metadata/kind.ts";
import { withoutConsumer } from "../../metadata/render.ts";
import { type DeployOutcome, type DeployRequest, deployFiles } from "../../org/deployFiles.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { readOrg } from "../appInOrg/readOrg.ts";

type App = Pick<AppInOrg, "org" | "desired" | "reading">;

/**
 * Deploys files over those of an existing app. Profiles that are already granted are not sent again, because an org
 * adds the others and may refuse a repetition. If the org removes them instead, they are sent after all.
 */
export async function deployUpdate(
  app: App,
  files: readonly MetadataFile[],
  request: DeployRequest,
): Promise<DeployOutcome> {
  const { org, desired, reading } = app;
  const sent = withoutRepeats(desired.kind, files, reading.files);
  const outcome = await deployOverKey(app, sent, request);
  const isWhole = sent.every((file, index) => file === files[index]);
  if (isWhole || !outcome.success || request.checkOnly) return outcome;
  const { files: now } = await readOrg(org, desired);
  return lacksEntries(desired.kind, files, now) ? deployOverKey(app, files, request) : outcome;
}

/** If the org refuses its own key in the files, they are deployed once more without it. */
async function deployOverKey(
  { org, desired }: App,
  files: readonly MetadataFile[],
  request: DeployRequest,
): Promise<DeployOutcome> {
  const outcome = await deployFiles(org, files, request);
  if (!outcome.failures.some(({ problem }) => refusesOwnKey(problem))) return outcome;
  return deployFiles(org, withoutConsumer(desired.kind, files), request);
}
