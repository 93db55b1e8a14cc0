import type { Context, Hono } from "hono";
import { z } from "zod";
import { notFound, RestError, route } from "../http/salesforceErrors.ts";
import { flag, texts } from "../oauth/connectedAppView.ts";
import type { Org, OrgComponent, OrgConsumer } from "../org.ts";
import { fullId } from "../salesforceId.ts";
import { apiUser } from "./authentication.ts";
import { rotated, stagedBody, stagedOf, withStaged } from "./stagedCredentials.ts";

const restAccessSetting = "enableClientSecretInRestApiAccess";
const command = z.object({ command: z.literal("rotate") });
const partTypes: Record<string, ("key" | "secret")[]> = {
  key: ["key"],
  secret: ["secret"],
  keyandsecret: ["key", "secret"],
};

/**
 * The credentials of external client apps.
 *
 * @param root Path of the API version, such as `/services/data/:version`.
 * @param changed Called when a request has changed the org.
 * @see https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_resources_oauth_credentials.htm
 */
export function credentialRoutes(app: Hono, org: Org, root: string, changed: () => void): void {
  const credentials = `${root}/apps/oauth/credentials/:appId`;
  route(app, ["GET"], `${root}/apps/oauth/usage`, (context) => {
    const apps = [...(org.components.get("ExternalClientApplication")?.values() ?? [])];
    return context.json({
      apps: apps.map(({ id, fullName }) => ({ developerName: fullName, identifier: id })),
    });
  });
  route(app, ["GET"], credentials, async (context) => {
    await checkAccess(org, context);
    const { consumer } = globalSettings(org, context);
    const url = `/services/data/${context.req.param("version")}/apps/oauth/credentials/${context.req.param("appId")}/${consumer.id}`;
    return context.json({ consumers: [{ id: consumer.id, url }] });
  });
  route(app, ["GET"], `${credentials}/:consumerId`, async (context) => {
    await checkAccess(org, context);
    const { consumer } = settingsOfConsumer(org, context);
    const asked = context.req.query("part")?.toLowerCase();
    const names = asked === undefined ? [] : Object.hasOwn(partTypes, asked) ? partTypes[asked] : undefined;
    if (!names) throw new RestError(400, "INVALID_PARAMETER", `Invalid value for part: ${asked}`);
    const values = { key: consumer.consumerKey, secret: consumer.consumerSecret };
    const parts = names.map((name) => [name, values[name]]);
    return context.json({ id: consumer.id, ...Object.fromEntries(parts) });
  });
  stagedRoutes(app, org, `${credentials}/:consumerId/staged`, changed);
}

function stagedRoutes(app: Hono, org: Org, path: string, changed: () => void): void {
  const keep = (settings: OrgComponent, consumer: OrgConsumer) => {
    // A retrieve shows the key that works.
    const children = settings.content.children.map((child) =>
      child.name === "consumerKey" ? { ...child, text: consumer.consumerKey } : child,
    );
    const component = { ...settings, content: { ...settings.content, children }, consumer };
    org.components.get("ExtlClntAppGlobalOauthSettings")?.set(settings.fullName, component);
    changed();
  };
  route(app, ["GET", "POST"], path, async (context) => {
    await checkAccess(org, context);
    const settings = settingsOfConsumer(org, context);
    const { staged } = settings.consumer;
    if (context.req.method !== "POST")
      return context.json({ stagedCredentials: staged ? [stagedBody(staged)] : [] });
    const consumer = withStaged(settings.consumer, org.behaviour.now());
    keep(settings, consumer);
    return context.json(stagedBody(consumer.staged), 201);
  });
  route(app, ["GET", "PATCH", "DELETE"], `${path}/:stagedId`, async (context) => {
    await checkAccess(org, context);
    const settings = settingsOfConsumer(org, context);
    const staged = stagedOf(settings.consumer, context);
    if (context.req.method === "DELETE") {
      keep(settings, { ...settings.consumer, staged: undefined });
      return context.body(null, 204);
    }
    if (context.req.method !== "PATCH") return context.json(stagedBody(staged));
    const body: unknown = await context.req.json().catch(() => undefined);
    if (!command.safeParse(body).success) {
      throw new RestError(400, "INVALID_INPUT", 'The body must be {"command":"rotate"}.');
    }
    const consumer = rotated(settings.consumer, staged, org.behaviour.now());
    keep(settings, consumer);
    return context.json(stagedBody(stagedOf(consumer, context)));
  });
}

/** Only the administrator has the user permission View Client Secret. */
async function checkAccess(org: Org, context: Context): Promise<void> {
  const user = await apiUser(org, context);
  if (user.profileName !== "System Administrator") {
    throw new RestError(
      403,
      "INSUFFICIENT_ACCESS",
      "The user permission View Client Secret is required to access OAuth credentials.",
    );
  }
  const settings = org.components.get("Settings")?.get("ExternalClientApp");
  if (!flag(settings?.content, restAccessSetting)) {
    throw new RestError(
      403,
      "FUNCTIONALITY_NOT_ENABLED",
      `Access to client secrets with the REST API is off in this org: ExternalClientAppSettings.${restAccessSetting} is not true.`,
    );
  }
}

/** The global OAuth settings of the app that a request names. */
function globalSettings(org: Org, context: Context): OrgComponent & { consumer: OrgConsumer } {
  const appId = fullId(context.req.param("appId") ?? "");
  const apps = [...(org.components.get("ExternalClientApplication")?.values() ?? [])];
  const app = apps.find(({ id }) => id === appId);
  for (const settings of org.components.get("ExtlClntAppGlobalOauthSettings")?.values() ?? []) {
    const { consumer, content } = settings;
    if (app && consumer && texts(content, "externalClientApplication").includes(app.fullName)) {
      return { ...settings, consumer };
    }
  }
  throw notFound();
}

function settingsOfConsumer(org: Org, context: Context): OrgComponent & { consumer: OrgConsumer } {
  const settings = globalSettings(org, context);
  if (settings.consumer.id !== fullId(context.req.param("consumerId") ?? "")) throw notFound();
  return settings;
}
