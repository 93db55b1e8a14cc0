import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import { meaningOfFailure } from "../../metadata/failures.ts";
import { kinds } from "../../metadata/kinds.ts";
import type { DeployOutcome, DeployRequest } from "../../org/deployFiles.ts";
import { SfError } from "../../sfError.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import type { KnownConsumer } from "../appInOrg/consumer.ts";
import { readOrg } from "../appInOrg/readOrg.ts";
import { deployInTurn } from "./deployInTurn.ts";

/** A deploy that the org accepted. */
export interface DeployedApp {
  deployId: string;
  /** Of an external client app that was deployed: the Id of its application. */
  applicationId?: string | undefined;
  /** What a dry run could not check: each component, and why the org does not accept it together with the rest. */
  unchecked: string[];
}

/**
 * Deploys the app.
 *
 * @throws SfError `DeployFailed` with every component failure at its place in the spec, `InProgressError` (exit code 69)
 *   if the deadline came first, `HiddenPartError`, or `KeyNotTakenError`
 */
export async function deployApp(
  app: AppInOrg,
  consumer: Pick<KnownConsumer, "key" | "secret">,
  request: DeployRequest,
): Promise<DeployedApp> {
  const { outcome, isPartial, unchecked } = await deployInTurn({ app, consumer, request });
  if (!outcome.done) {
    const { id, status } = outcome;
    throw messagesOf("deploy").createError("inProgress", [id, status], [id, id, id], 69);
  }
  if (!outcome.success) throw deployFailed(outcome, app, isPartial);
  if (!request.checkOnly) await requireKeyTaken(app, consumer.key);
  const parts = unchecked.map(({ type, fullName, problem }) => `${type} ${fullName} (${problem})`);
  const applicationId = outcome.saved.find(({ type }) => type === "ExternalClientApplication")?.id;
  return { deployId: outcome.id, applicationId, unchecked: parts };
}

/**
 * If an org makes the consumers itself, it keeps the key of an external client app whatever a deploy says, and still
 * reports success. So if the spec names a key, it is read back.
 */
async function requireKeyTaken({ org, desired, spec }: AppInOrg, wanted: string | undefined): Promise<void> {
  const isNamed = spec.app.consumer.key !== undefined;
  if (!isNamed || wanted === undefined || kinds[desired.kind].consumer.madeBy !== "org") return;
  const key = (await readOrg(org, desired)).actual?.consumerKey;
  if (key === undefined || key === wanted) return;
  const place = placeOf(spec.locate("consumer.key"));
  throw messagesOf("consumer").createError("keyNotTaken", [org.name, desired.name, key, place, wanted]);
}

/**
 * The error of a deploy that the org refused: every component failure at its place in the spec, with what to do.
 *
 * @param isPartial whether the app exists nevertheless, and only its policies were refused
 */
function deployFailed(outcome: DeployOutcome, { spec, desired, org }: AppInOrg, isPartial: boolean): SfError {
  const messages = messagesOf("deploy");
  const failures = outcome.failures.map((failure) => {
    const { id, path } = meaningOfFailure(failure.problem, kinds[desired.kind], desired.settings);
    const location = spec.locate(path);
    const about = id === "creationBlocked" ? location.file : org.name;
    return { ...failure, location, path, actions: messages.getMessages(`failure.${id}.actions`, [about]) };
  });
  const lines = failures.map(({ location, path, type, fullName, problem }) =>
    messages.getMessage("failureLine", [placeOf(location), path, type, fullName, problem]),
  );
  const text = lines.length > 0 ? lines.join("\n\n") : (outcome.errorMessage ?? outcome.status);
  return SfError.create({
    name: "DeployFailed",
    message: `${messages.getMessage(isPartial ? "deployFailedPartly" : "deployFailed", [org.name, outcome.id])}\n\n${text}`,
    actions: [...new Set(failures.flatMap(({ actions }) => actions))],
    data: failures.map(({ location, ...failure }) => ({ ...failure, ...location })),
    // The org's words alone, for a run in which this deploy is only one step.
    cause: new Error(text),
  });
}
