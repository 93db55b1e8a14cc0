import { z } from "zod";
import type { Consumer } from "../app/consumer.ts";
import { reasonOf } from "../app/reasonOf.ts";
import { messagesOf } from "../messages.ts";
import { SfError } from "../sfError.ts";
import { askOrg } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import { quoted } from "./soql.ts";
import { machineTimer, type Timer } from "./timer.ts";

/** How the credentials are read. */
interface CredentialReading {
  /**
   * Milliseconds since the epoch. Right after access was switched on, an org may still refuse it, or leave out the
   * secret. Until this time, it is asked again.
   */
  until?: number;
  /** The Id of the application, if it is known. Without it, the org is asked. */
  applicationId?: string | undefined;
  timer?: Timer;
}

const messages = messagesOf("org");

const consumersSchema = z.object({
  consumers: z.array(z.object({ id: z.string() })),
  nextPageUrl: z.string().nullish(),
});
const pairSchema = z.object({ key: z.string(), secret: z.string().nullish() });

/** Why the org returns no secret at the moment. */
class NotYet extends Error {}

/**
 * The consumer key and secret that the org made for an external client app, by its Connect REST resources. The org
 * allows this only if its setting and the user's permissions do.
 *
 * @throws SfError `CredentialsNotReadableError` with the org's words, and the setting and permissions to check
 * @see https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_resources_oauth_credentials.htm
 */
export async function readCredentials(
  org: TargetOrg,
  appName: string,
  { until = 0, timer = machineTimer, applicationId }: CredentialReading = {},
): Promise<Consumer> {
  for (let interval = 1000; ; interval = Math.min(interval * 2, 10_000)) {
    try {
      return await requestCredentials(org, appName, applicationId);
    } catch (error) {
      if (!isMomentary(error) || timer.now() + interval > until)
        throw messages.createError("credentialsNotReadable", [appName, org.name, reasonOf(error)]);
    }
    await timer.wait(interval);
  }
}

function isMomentary(error: unknown): boolean {
  return error instanceof NotYet || /FUNCTIONALITY_NOT_ENABLED/.test(SfError.wrap(error).message);
}

async function requestCredentials(
  org: TargetOrg,
  appName: string,
  applicationId: string | undefined,
): Promise<Consumer> {
  const url = await consumerUrl(org, appName, applicationId);
  const { key, secret } = await get(org, `${url}?part=keyandsecret`, pairSchema);
  if (!secret) throw new NotYet(messages.getMessage("secretWithheld", [appName]));
  return { key, secret };
}

/** The consumer key that is the app's own now. @throws as `readCredentials`, with the org's own words */
export async function readConsumerKey(org: TargetOrg, appName: string): Promise<string> {
  const { key } = await get(
    org,
    `${await consumerUrl(org, appName)}?part=key`,
    z.object({ key: z.string() }),
  );
  return key;
}

/** The resource of an app's consumer. An app of a package may have the same name, but has no consumer here. */
export async function consumerUrl(org: TargetOrg, appName: string, applicationId?: string): Promise<string> {
  const ids = applicationId === undefined ? await applicationIds(org, appName) : [applicationId];
  const refusals: unknown[] = [];
  for (const id of ids) {
    const resource = `/services/data/v${org.connection.version}/apps/oauth/credentials/${id}`;
    const consumer = await firstConsumer(org, resource).catch((error: unknown) => {
      refusals.push(error);
      return undefined;
    });
    if (consumer !== undefined) return `${resource}/${consumer.id}`;
  }
  throw refusals[0] ?? new Error(messages.getMessage("noConsumer", [appName]));
}

async function applicationIds(org: TargetOrg, appName: string): Promise<string[]> {
  const soql = `SELECT Id FROM ExternalClientApplication WHERE DeveloperName = ${quoted(appName)}`;
  const apps = await queryOrg<{ Id: string }>(org, soql);
  if (apps.length === 0) throw new Error(messages.getMessage("noSuchApplication", [appName]));
  return apps.map(({ Id }) => Id);
}

async function firstConsumer(org: TargetOrg, resource: string): Promise<{ id: string } | undefined> {
  const seen = new Set<string>();
  for (let url: string | null | undefined = resource; url && !seen.has(url); ) {
    seen.add(url);
    const page: z.output<typeof consumersSchema> = await get(org, url, consumersSchema);
    if (page.consumers[0] !== undefined) return page.consumers[0];
    url = page.nextPageUrl;
  }
  return undefined;
}

function get<Schema extends z.ZodType>(
  org: TargetOrg,
  path: string,
  schema: Schema,
): Promise<z.output<Schema>> {
  return callCredentials(org, { method: "GET", url: path }, schema);
}

/**
 * Calls a resource of the Connect REST API about credentials. Without a body, an org may reset the connection.
 *
 * @param url path of the resource
 */
export async function callCredentials<Schema extends z.ZodType>(
  org: TargetOrg,
  { method, url, body }: { method: "GET" | "POST" | "PATCH" | "DELETE"; url: string; body?: object },
  schema: Schema,
): Promise<z.output<Schema>> {
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const headers = { "content-type": "application/json" };
  const answer = await askOrg(
    org,
    messagesOf("org").getMessage("call.credentials"),
    () => org.connection.request<unknown>({ method, url, headers, ...sent }),
    { changes: method !== "GET" },
  );
  const result = schema.safeParse(answer);
  if (result.success) return result.data;
  // The answer itself is not shown, because it may hold a secret.
  const [issue] = result.error.issues;
  throw new Error(messages.getMessage("oddCredentials", [issue?.path.join(".") ?? "", issue?.message ?? ""]));
}
