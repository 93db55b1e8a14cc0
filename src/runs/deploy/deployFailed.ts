import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import { meaningOfFailure } from "../../metadata/failures.ts";
import { kinds } from "../../metadata/kinds.ts";
import type { DeployOutcome } from "../../org/deployFiles.ts";
import { SfError } from "../../sfError.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";

/**
 * The error of a deploy that the org refused: every component failure at its place in the spec, with what to do.
 *
 * @param isPartial whether the app exists nevertheless, and only its policies were refused
 */
export function deployFailed(
  outcome: DeployOutcome,
  { spec, desired, org }: AppInOrg,
  isPartial: boolean,
): SfError {
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
