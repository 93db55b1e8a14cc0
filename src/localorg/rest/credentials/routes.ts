import type { Context, Hono } from "hono";
import { RestError, route } from "../../http/salesforceErrors.ts";
import type { Org } from "../../org.ts";
import { checkAccess, settingsOfApp, settingsOfConsumer, showsSecrets } from "./access.ts";
import { stagedRoutes } from "./stagedRoutes.ts";

const partNames: Record<string, ("key" | "secret")[]> = {
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
  route(app, ["GET"], `${root}/apps/oauth/usage`, (context) => usage(org, context));
  route(app, ["GET"], credentials, async (context) => {
    await checkAccess(org, context);
    return consumers(org, context);
  });
  route(app, ["GET"], `${credentials}/:consumerId`, async (context) => {
    await checkAccess(org, context);
    return keyAndSecret(org, context);
  });
  stagedRoutes(app, org, `${credentials}/:consumerId/staged`, changed);
}

function usage(org: Org, context: Context): Response {
  const apps = [...(org.components.get("ExternalClientApplication")?.values() ?? [])];
  const { items, ...page } = pageOf(apps, context, org.behaviour.credentialsPageSize);
  const rows = items.map(({ id, fullName }) => ({ developerName: fullName, identifier: id }));
  return context.json({ apps: rows, ...page });
}

function consumers(org: Org, context: Context): Response {
  const { consumer, fullName } = settingsOfApp(org, context);
  const url = `${context.req.path}/${consumer.id}`;
  const row = {
    id: consumer.id,
    key: consumer.consumerKey,
    name: fullName,
    stagedCredentialsUrl: `${url}/staged`,
    url,
  };
  const { items, ...page } = pageOf([row], context, org.behaviour.credentialsPageSize);
  return context.json({ consumers: items, ...page });
}

function keyAndSecret(org: Org, context: Context): Response {
  const { consumer } = settingsOfConsumer(org, context);
  const asked = context.req.query("part")?.toLowerCase();
  const names = asked === undefined ? [] : Object.hasOwn(partNames, asked) ? partNames[asked] : undefined;
  if (!names) throw new RestError(400, "INVALID_PARAMETER", `Invalid value for part: ${asked}`);
  const secret = showsSecrets(org) ? consumer.consumerSecret : undefined;
  const values = { key: consumer.consumerKey, secret };
  // What is undefined is not in the JSON at all.
  return context.json({
    id: consumer.id,
    ...Object.fromEntries(names.map((name) => [name, values[name]])),
  });
}

/** A page of a list of the Connect API, and where it and the next one are. */
interface Page<Item> {
  items: Item[];
  currentPageUrl: string;
  nextPageUrl: string | null;
}

/**
 * Cuts a page out of a list.
 *
 * @param defaultSize if the request names no `pageSize`
 * @see https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_resources_usage.htm
 */
function pageOf<Item>(all: readonly Item[], context: Context, defaultSize: number): Page<Item> {
  const page = wholeNumber(context.req.query("page")) ?? 0;
  const pageSize = wholeNumber(context.req.query("pageSize")) || defaultSize;
  const urlOf = (number: number) => `${context.req.path}?page=${number}&pageSize=${pageSize}`;
  const end = (page + 1) * pageSize;
  return {
    items: all.slice(page * pageSize, end),
    currentPageUrl: urlOf(page),
    nextPageUrl: end < all.length ? urlOf(page + 1) : null,
  };
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
