import { type Context, Hono } from "hono";
import { notFound, RestError, route } from "../http/salesforceErrors.ts";
import { flag, texts } from "../oauth/connectedAppView.ts";
import { partOf } from "../oauth/externalClientAppView.ts";
import type { Org, OrgComponent, OrgConsumer } from "../org.ts";
import { apiUser } from "./authentication.ts";

/** Profiles whose users have the permission "View Client Secret". */
const VIEWERS = ["System Administrator"];

/**
 * The Connect REST resources that show the consumer key and secret of external client apps.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_resources_oauth_credentials.htm
 */
export function oauthCredentialRoutes(org: Org): Hono {
  const app = new Hono();
  const root = "/services/data/:version/apps/oauth";
  route(app, ["GET"], `${root}/usage`, async (context) => {
    await apiUser(org, context);
    const apps = applicationsOf(org).map(({ id, fullName, content }) => ({
      developerName: fullName,
      identifier: id,
      label: texts(content, "label")[0] ?? null,
    }));
    return context.json({ apps });
  });
  route(app, ["GET"], `${root}/credentials/:appId`, async (context) => {
    const { consumer } = await allowedConsumer(org, context);
    const url = `${new URL(context.req.url).pathname}/${consumer.id}`;
    return context.json({ consumers: [{ id: consumer.id, url }] });
  });
  route(app, ["GET"], `${root}/credentials/:appId/:consumerId`, async (context) => {
    const { consumer } = await allowedConsumer(org, context);
    if (consumer.id !== context.req.param("consumerId")) throw notFound();
    return context.json({ id: consumer.id, ...partsOf(consumer, context.req.query("part") ?? "key") });
  });
  return app;
}

function partsOf(
  { consumerKey: key, consumerSecret: secret }: OrgConsumer,
  part: string,
): Record<string, string> {
  if (part === "keyandsecret") return { key, secret };
  if (part === "key") return { key };
  if (part === "secret") return { secret };
  throw new RestError(400, "INVALID_ARGUMENT", `Invalid value for the parameter part: ${part}`);
}

/** @throws {RestError} The setting or the permission is missing, or there is no such app. */
async function allowedConsumer(org: Org, context: Context): Promise<{ consumer: OrgConsumer }> {
  const user = await apiUser(org, context);
  const settings = org.components.get("Settings")?.get("ExternalClientApp")?.content;
  if (!flag(settings, "enableClientSecretInRestApiAccess")) {
    throw new RestError(
      403,
      "FUNCTIONALITY_NOT_ENABLED",
      "Access to external client app consumer secrets via REST API is not enabled.",
    );
  }
  if (!VIEWERS.includes(user.profileName)) {
    throw new RestError(403, "INSUFFICIENT_ACCESS", "You need the View Client Secret permission.");
  }
  const application = applicationsOf(org).find(({ id }) => id === context.req.param("appId"));
  const consumer =
    application && partOf(org, "ExtlClntAppGlobalOauthSettings", application.fullName)?.consumer;
  if (consumer === undefined) throw notFound();
  return { consumer };
}

function applicationsOf(org: Org): OrgComponent[] {
  return [...(org.components.get("ExternalClientApplication")?.values() ?? [])];
}
