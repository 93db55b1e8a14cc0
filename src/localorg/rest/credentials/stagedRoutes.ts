import type { Context, Hono } from "hono";
import { z } from "zod";
import { expiresAt } from "../../externalClientApp.ts";
import { notFound, RestError, route } from "../../http/salesforceErrors.ts";
import { newConsumerKey, newConsumerSecret } from "../../metadata/types/consumerCredentials.ts";
import type { Org, OrgConsumer, OrgStagedCredentials } from "../../org.ts";
import { fullId, newId } from "../../salesforceId.ts";
import { checkAccess, type OwnSettings, settingsOfConsumer } from "./access.ts";

const command = z.object({ command: z.literal("rotate") });

/**
 * The staged credentials of a consumer, of which there is one pair at most.
 *
 * @param path of the collection
 * @see https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_resources_oauth_credentials_staged_credentials.htm
 */
export function stagedRoutes(app: Hono, org: Org, path: string, changed: () => void): void {
  const settingsFor = async (context: Context) => {
    await checkAccess(org, context);
    return settingsOfConsumer(org, context);
  };
  const keep = (settings: OwnSettings, consumer: OrgConsumer) => {
    keepConsumer(org, settings, consumer);
    changed();
  };
  route(app, ["GET", "POST"], path, async (context) => {
    const settings = await settingsFor(context);
    if (context.req.method !== "POST") return context.json(collection(org, settings.consumer, context));
    const consumer = withStaged(settings.consumer, org.behaviour.now());
    keep(settings, consumer);
    return context.json(collection(org, consumer, context), 201);
  });
  route(app, ["GET", "PATCH", "DELETE"], `${path}/:stagedId`, async (context) => {
    const settings = await settingsFor(context);
    const staged = stagedOf(settings.consumer, context);
    const url = context.req.path.replace(/\/[^/]+$/, "");
    if (context.req.method === "GET") return context.json(stagedBody(org, staged, url));
    if (context.req.method === "DELETE") {
      keep(settings, { ...settings.consumer, staged: undefined });
      return context.body(null, 204);
    }
    const body: unknown = await context.req.json().catch(() => undefined);
    if (!command.safeParse(body).success) {
      throw new RestError(400, "INVALID_INPUT", 'The body must be {"command":"rotate"}.');
    }
    const consumer = rotated(settings.consumer, staged, org.behaviour.now());
    keep(settings, consumer);
    return context.json(stagedBody(org, stagedOf(consumer, context), url));
  });
}

function collection(org: Org, { staged }: OrgConsumer, context: Context) {
  const url = context.req.path;
  return { stagedCredentials: staged ? [stagedBody(org, staged, url)] : [], url };
}

/** A retrieve shows the key that works. */
function keepConsumer({ components }: Org, settings: OwnSettings, consumer: OrgConsumer): void {
  const children = settings.content.children.map((child) =>
    child.name === "consumerKey" ? { ...child, text: consumer.consumerKey } : child,
  );
  const component = { ...settings, content: { ...settings.content, children }, consumer };
  components.get("ExtlClntAppGlobalOauthSettings")?.set(settings.fullName, component);
}

/**
 * The staged credentials of a consumer as an answer tells them.
 *
 * @param url of all staged credentials of the consumer
 */
function stagedBody({ behaviour }: Org, staged: OrgStagedCredentials, url: string) {
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
function stagedOf({ staged }: OrgConsumer, context: Context): OrgStagedCredentials {
  if (!staged || staged.id !== fullId(context.req.param("stagedId") ?? "")) throw notFound();
  return staged;
}

/**
 * The consumer with new credentials beside its own, which do not work yet.
 *
 * @throws RestError if the slot is taken
 */
function withStaged(consumer: OrgConsumer, now: number): OrgConsumer {
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
function rotated(consumer: OrgConsumer, staged: OrgStagedCredentials, now: number): OrgConsumer {
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
