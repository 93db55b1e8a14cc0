import type { Context, Hono } from "hono";
import { notFound, RestError, route } from "../http/salesforceErrors.ts";
import { flag, texts } from "../oauth/connectedAppView.ts";
import type { Org, OrgComponent, OrgConsumer } from "../org.ts";
import { fullId } from "../salesforceId.ts";
import { apiUser } from "./authentication.ts";

const SETTING = "enableClientSecretInRestApiAccess";
const PARTS: Record<string, ("key" | "secret")[]> = {
  key: ["key"],
  secret: ["secret"],
  keyandsecret: ["key", "secret"],
};

/**
 * The credentials of external client apps.
 *
 * @param root Path of the API version, such as `/services/data/:version`.
 * @see https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_resources_oauth_credentials.htm
 */
export function credentialRoutes(app: Hono, org: Org, root: string): void {
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
    const names = asked === undefined ? [] : Object.hasOwn(PARTS, asked) ? PARTS[asked] : undefined;
    if (!names) throw new RestError(400, "INVALID_PARAMETER", `Invalid value for part: ${asked}`);
    const values = { key: consumer.consumerKey, secret: consumer.consumerSecret };
    const parts = names.map((name) => [name, values[name]]);
    return context.json({ id: consumer.id, ...Object.fromEntries(parts) });
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
  if (!flag(settings?.content, SETTING)) {
    throw new RestError(
      403,
      "FUNCTIONALITY_NOT_ENABLED",
      `Access to client secrets with the REST API is off in this org: ExternalClientAppSettings.${SETTING} is not true.`,
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
