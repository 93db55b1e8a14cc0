import { messagesOf } from "../../messages.ts";
import type { DeletedCopy } from "../../results/deploy.ts";
import { SfError } from "../../sfError.ts";
import type { AppSpec } from "../../spec/schema.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";

/** How far a failed run got: what to say about the org besides the cause. */
export interface FailedAt {
  /** Production's copy, if it had been deleted by then. */
  deletedCopy: DeletedCopy | undefined;
  /** Whether the key and secret differ from those that the callers know. */
  newPair: boolean;
}

/**
 * The error if the org would refuse to create the app again, so that the copy was left alone. Any other error is
 * returned as it is.
 */
export function refusedInAdvance({ desired, org }: AppInOrg, checkedName: string, error: unknown): unknown {
  if (!isRefusal(error)) return error;
  const values = [org.name, desired.name, checkedName, orgsWords(error)] as const;
  return around(error, messagesOf("refresh").createError("refusedInAdvance", values));
}

/** What it means if a run fails to create an app again: the cause, the state of the org, and what to do. */
export function failedAgain(
  { desired, spec, org }: AppInOrg,
  { deletedCopy, newPair }: FailedAt,
  error: unknown,
): unknown {
  const cause = SfError.wrap(error);
  const goesOn = cause.exitCode === 69;
  const values = [desired.name, org.name, orgsWords(cause)] as const;
  const ours = messagesOf("refresh").createError(goesOn ? "beingMadeAgain" : "notMadeAgain", values);
  const told = deletedCopy === undefined ? cause : around(cause, ours);
  if (deletedCopy !== undefined) {
    const command = [deletedCopy.specFile, org.name] as const;
    told.actions = [...(told.actions ?? []), messagesOf("refresh").getMessage("settingsOfCopy", command)];
  }
  // The next run will find the app in order, so it would no longer name anybody.
  if (goesOn && newPair) told.actions = [...(told.actions ?? []), tellAction(spec.app)];
  return told;
}

function tellAction({ consumers = [] }: AppSpec): string {
  const messages = messagesOf("refresh");
  if (consumers.length === 0) return messages.getMessage("tellNobody");
  const people = consumers.map(({ name, contact }) =>
    contact === undefined ? name : `${name} (${contact})`,
  );
  return messages.getMessage("tell", [people.join(", ")]);
}

function isRefusal(error: unknown): error is SfError {
  return error instanceof SfError && error.name === "DeployFailed";
}

/** A refusal without its first sentence, which says that nothing was changed. */
function orgsWords(error: SfError): string {
  return isRefusal(error) && error.cause instanceof Error ? error.cause.message : error.message;
}

/** An error with its own words that keeps the cause's actions, data and exit code. */
function around(cause: SfError, { name, message, actions = [] }: SfError): SfError {
  return SfError.create({
    name,
    message,
    actions: [...(cause.actions ?? []), ...actions],
    exitCode: cause.exitCode,
    cause,
    ...(cause.data === undefined ? {} : { data: cause.data }),
  });
}
