import type { Context, Hono } from "hono";
import { z } from "zod";
import { RestError, route } from "../../http/salesforceErrors.ts";
import type { Org, OrgConsumer } from "../../org.ts";
import { checkAccess, type OwnSettings, settingsOfConsumer } from "./access.ts";
import { rotated, stagedBody, stagedOf, withStaged } from "./stagedCredentials.ts";

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
