import type { Context } from "hono";
import { expiresAt } from "../../externalClientApp.ts";
import { notFound, RestError } from "../../http/salesforceErrors.ts";
import { newConsumerKey, newConsumerSecret } from "../../metadata/types/consumerCredentials.ts";
import type { Org, OrgConsumer, OrgStagedCredentials } from "../../org.ts";
import { fullId, newId } from "../../salesforceId.ts";

/**
 * The staged credentials of a consumer as an answer tells them.
 *
 * @param url of all staged credentials of the consumer
 */
export function stagedBody({ behaviour }: Org, staged: OrgStagedCredentials, url: string) {
  return {
    createdDate: new Date(staged.changedAt).toISOString(),
    expirationDate: new Date(expiresAt(staged)).toISOString(),
    id: staged.id,
    key: staged.consumerKey,
    secret: staged.consumerSecret,
    stagedCredentialsUrl: `${url}/${staged.id}`,
    state: behaviour.now() >= expiresAt(staged) ? "Expired" : staged.state,
    url: `${url}/${staged.id}`,
  };
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
export function withStaged(consumer: OrgConsumer, now: number): OrgConsumer {
  if (consumer.staged) {
    throw new RestError(400, "INVALID_OPERATION", "The consumer already has staged credentials.");
  }
  const staged: OrgStagedCredentials = {
    id: newId("1cS"),
    consumerKey: newConsumerKey(),
    consumerSecret: newConsumerSecret(),
    state: "Active",
    changedAt: now,
  };
  return { ...consumer, staged };
}

/**
 * The consumer with its staged credentials as its own; the former ones take their place and keep working for a while.
 *
 * @throws RestError if they were rotated before, or are too old
 */
export function rotated(consumer: OrgConsumer, staged: OrgStagedCredentials, now: number): OrgConsumer {
  if (staged.state !== "Active") {
    throw new RestError(400, "INVALID_OPERATION", "The staged credentials have already been rotated.");
  }
  if (now >= expiresAt(staged)) {
    throw new RestError(400, "INVALID_OPERATION", "The staged credentials have expired.");
  }
  const { id, consumerKey, consumerSecret } = consumer;
  return {
    id,
    consumerKey: staged.consumerKey,
    consumerSecret: staged.consumerSecret,
    staged: { id: staged.id, consumerKey, consumerSecret, state: "Rotated", changedAt: now },
  };
}
