import { SfError } from "@salesforce/core/sfError";
import { messagesOf } from "../../messages.ts";
import type { AppSpec } from "../../spec/schema.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";

/** How far a run was that failed: what to tell of the org beside the cause. */
export interface FailedAt {
  /** Whether production's copy was deleted by then. */
  copyDeleted: boolean;
  /** Whether key and secret are others than those that the callers know. */
  newPair: boolean;
}

/** The org would not take the app again, and its copy is untouched; what is no refusal is given back as it is. */
export function refusedInAdvance({ desired, org }: AppInOrg, checkedName: string, error: unknown): unknown {
  if (!isRefusal(error)) return error;
  const values = [org.name, desired.name, checkedName, orgsWords(error)] as const;
  return around(error, messagesOf("refresh").createError("refusedInAdvance", values));
}

/** What the failure of a run means that makes an app again: the cause, the state of the org, and what to do. */
export function failedAgain(
  { desired, spec: loaded, org }: AppInOrg,
  { copyDeleted, newPair }: FailedAt,
  error: unknown,
): unknown {
  const cause = SfError.wrap(error);
  const goesOn = cause.exitCode === 69;
  const values = [desired.name, org.name, orgsWords(cause)] as const;
  const ours = messagesOf("refresh").createError(goesOn ? "beingMadeAgain" : "notMadeAgain", values);
  const told = copyDeleted ? around(cause, ours) : cause;
  // The next run finds the app as it should be, so nobody would be named any more.
  if (goesOn && newPair) told.actions = [...(told.actions ?? []), tellAction(loaded.app)];
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

/** An error of its own words that keeps the cause's actions, data and exit code. */
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
