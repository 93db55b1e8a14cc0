import { SfError } from "@salesforce/core/sfError";
import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import { meaningOfFailure, refusesOnlyLaterOnes, refusesOwnKey } from "../../metadata/failures.ts";
import type { MetadataFile } from "../../metadata/kind.ts";
import { kinds } from "../../metadata/kinds.ts";
import { render, withoutConsumer } from "../../metadata/render.ts";
import { type DeployOutcome, type DeployRequest, deployFiles } from "../../org/deployFiles.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import type { KnownConsumer } from "../appInOrg/consumer.ts";

/**
 * Deploys the app and returns the Id of the deploy.
 *
 * @throws SfError `DeployFailed` with every component failure at its place in the spec, or `InProgressError` (exit code
 *   69) where the deadline came first
 */
export async function deployApp(
  app: AppInOrg,
  consumer: KnownConsumer,
  request: DeployRequest,
): Promise<string> {
  const { org, desired, reading } = app;
  const creating = reading.actual === undefined;
  // The secret can be given at creation only; a key is wanted beside the Run As user also later.
  const elements = { key: consumer.key, secret: creating ? consumer.secret : undefined };
  const files = render(desired, elements, reading.files);
  let outcome = await (creating ? deployFiles(org, files, request) : deployUpdate(app, files, request));
  let partly = false;
  if (refusesOnlyLaterOnes(outcome.failures, kinds[desired.kind])) {
    const first = files.filter(({ component }) => !component.afterOthers);
    const firstOutcome = await deployFiles(org, first, request);
    // What a dry run did not deploy cannot be built upon, so the rest stays unchecked.
    if (firstOutcome.success)
      outcome = request.checkOnly ? firstOutcome : await deployFiles(org, files, request);
    partly = firstOutcome.success && !outcome.success;
  }
  if (!outcome.done) {
    const { id, status } = outcome;
    throw messagesOf("deploy").createError("inProgress", [id, status], [id, org.name], 69);
  }
  if (!outcome.success) throw deployFailed(outcome, app, partly);
  return outcome.id;
}

/** Deploys files of an app that is there; where the org refuses its own key in them, once more without it. */
export async function deployUpdate(
  { org, desired }: Pick<AppInOrg, "org" | "desired">,
  files: readonly MetadataFile[],
  request: DeployRequest,
): Promise<DeployOutcome> {
  const outcome = await deployFiles(org, files, request);
  if (!outcome.failures.some(({ problem }) => refusesOwnKey(problem))) return outcome;
  return deployFiles(org, withoutConsumer(desired.kind, files), request);
}

function deployFailed(outcome: DeployOutcome, { loaded, desired, org }: AppInOrg, partly: boolean): SfError {
  const messages = messagesOf("deploy");
  const failures = outcome.failures.map((failure) => {
    const { id, path } = meaningOfFailure(failure.problem, kinds[desired.kind]);
    const location = loaded.locate(path);
    const about = id === "creationBlocked" ? location.file : org.name;
    return { ...failure, location, path, actions: messages.getMessages(`failure.${id}.actions`, [about]) };
  });
  const lines = failures.map(({ location, path, type, fullName, problem }) =>
    messages.getMessage("failureLine", [placeOf(location), path, type, fullName, problem]),
  );
  const text = lines.length > 0 ? lines.join("\n\n") : (outcome.errorMessage ?? outcome.status);
  return SfError.create({
    name: "DeployFailed",
    message: `${messages.getMessage(partly ? "deployFailedPartly" : "deployFailed", [org.name, outcome.id])}\n\n${text}`,
    actions: [...new Set(failures.flatMap(({ actions }) => actions))],
    data: failures.map(({ location, ...failure }) => ({ ...failure, ...location })),
    // The org's words alone, for a run in which this deploy is one step.
    cause: new Error(text),
  });
}
