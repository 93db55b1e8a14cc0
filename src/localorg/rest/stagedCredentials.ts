import type { Context } from "hono";
import { notFound, RestError } from "../http/salesforceErrors.ts";
import { newConsumerKey, newConsumerSecret } from "../metadata/types/consumerCredentials.ts";
import type { OrgConsumer, OrgStagedCredentials } from "../org.ts";
import { fullId, newId } from "../salesforceId.ts";

/** The staged credentials of a consumer as an answer tells them. */
export function stagedBody({ id, consumerKey, consumerSecret, state }: OrgStagedCredentials) {
  return { id, key: consumerKey, secret: consumerSecret, state };
}

/** @throws RestError if there are no staged credentials with the Id of the request */
export function stagedOf({ staged }: OrgConsumer, context: Context): OrgStagedCredentials {
  if (!staged || staged.id !== fullId(context.req.param("stagedId") ?? "")) throw notFound();
  return staged;
}

/**
 * The consumer with new credentials beside its own, which do not work yet.
 *
 * @throws RestError if the slot is taken
 */
export function withStaged(consumer: OrgConsumer, now: number) {
  if (consumer.staged) {
    throw new RestError(400, "INVALID_OPERATION", "The consumer already has staged credentials.");
  }
  const staged: OrgStagedCredentials = {
    id: newId("1cS"),
    consumerKey: newConsumerKey(),
    consumerSecret: newConsumerSecret(),
    state: "staged",
    changedAt: now,
  };
  return { ...consumer, staged };
}

/**
 * The consumer with its staged credentials as its own; the former ones take their place and keep working for a while.
 *
 * @throws RestError if they were rotated before
 */
export function rotated(consumer: OrgConsumer, staged: OrgStagedCredentials, now: number): OrgConsumer {
  if (staged.state !== "staged") {
    throw new RestError(400, "INVALID_OPERATION", "The staged credentials have already been rotated.");
  }
  const { id, consumerKey, consumerSecret } = consumer;
  return {
    id,
    consumerKey: staged.consumerKey,
    consumerSecret: staged.consumerSecret,
    staged: { id: staged.id, consumerKey, consumerSecret, state: "rotated", changedAt: now },
  };
}
