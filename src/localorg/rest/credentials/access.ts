import type { Context } from "hono";
import { partOf } from "../../externalClientApp.ts";
import { notFound, RestError } from "../../http/salesforceErrors.ts";
import { namespaceOf } from "../../namespace.ts";
import type { Org, OrgComponent, OrgConsumer } from "../../org.ts";
import { orgSetting } from "../../orgSettings.ts";
import { fullId } from "../../salesforceId.ts";
import { hasPermission } from "../../userPermissions.ts";
import { apiUser } from "../authentication.ts";

const setting = "enableClientSecretInRestApiAccess";
const needed = {
  ExternalClientAppDeveloper: "External Client App Developer",
  ViewClientSecret: "View Client Secret",
} as const;

/** Global OAuth settings of an application whose consumer is of this org. */
export type OwnSettings = OrgComponent & { consumer: OrgConsumer };

/**
 * Makes sure that the caller may read credentials: by two user permissions, and by a setting of the org.
 *
 * @throws RestError if one of them is missing
 */
export async function checkAccess(org: Org, context: Context): Promise<void> {
  const user = await apiUser(org, context);
  for (const [permission, label] of Object.entries(needed) as [keyof typeof needed, string][]) {
    if (hasPermission(org, user, permission)) continue;
    const message = `The user permission ${label} is required to access OAuth credentials.`;
    throw new RestError(403, "INSUFFICIENT_ACCESS", message);
  }
  if (!orgSetting(org, "ExternalClientApp", setting)) {
    throw new RestError(
      403,
      "FUNCTIONALITY_NOT_ENABLED",
      `Access to client secrets with the REST API is off in this org: ExternalClientAppSettings.${setting} is not true.`,
    );
  }
}

/** Whether secrets are in the answers already: they may be missing for a while after access was switched on. */
export function showsSecrets({ components, behaviour }: Org): boolean {
  const switchedOnAt = components.get("Settings")?.get("ExternalClientApp")?.modifiedAt ?? 0;
  return behaviour.now() >= switchedOnAt + behaviour.secretDelay;
}

/**
 * The global OAuth settings of the app that a request names.
 *
 * @throws RestError if there are none, or they are those of a package
 */
export function settingsOfApp({ components }: Org, context: Context): OwnSettings {
  const appId = fullId(context.req.param("appId") ?? "");
  const apps = [...(components.get("ExternalClientApplication")?.values() ?? [])];
  const app = apps.find(({ id }) => id === appId);
  const settings = app && partOf(components, "ExtlClntAppGlobalOauthSettings", app.fullName);
  if (!settings?.consumer || namespaceOf(settings.fullName)) throw notFound();
  return { ...settings, consumer: settings.consumer };
}

/** @throws RestError as `settingsOfApp`, and if the app's consumer is not the one that the request names */
export function settingsOfConsumer(org: Org, context: Context): OwnSettings {
  const settings = settingsOfApp(org, context);
  if (settings.consumer.id !== fullId(context.req.param("consumerId") ?? "")) throw notFound();
  return settings;
}
