import { commaSeparated } from "../metadata/types/elements.ts";
import type { Org, OrgComponent } from "../org.ts";
import { flag, texts } from "./connectedAppView.ts";
import type { OAuthApp } from "./oauthApp.ts";
import { oauthScope } from "./scopes.ts";

const defaultJwtTimeoutMinutes = 30;
const rotatedLifetime = 30 * 24 * 60 * 60 * 1000;

/**
 * Reads the external client apps that OAuth knows: those with OAuth settings, unless their policies turn them off.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_extlclntappglobaloauthsettings.htm
 */
export function externalClientAppViews(org: Org): OAuthApp[] {
  const globals = org.components.get("ExtlClntAppGlobalOauthSettings")?.values() ?? [];
  return [...globals].flatMap((global) => {
    const view = viewOf(org, global);
    return view ? [view, ...formerView(org, view, global)] : [];
  });
}

/** The app under its former credentials, while these still work. */
function formerView(org: Org, view: OAuthApp, { consumer }: OrgComponent): OAuthApp[] {
  const former = consumer?.staged;
  if (former?.state !== "rotated" || org.behaviour.now() >= former.changedAt + rotatedLifetime) return [];
  return [{ ...view, consumerKey: former.consumerKey, consumerSecret: former.consumerSecret }];
}

function viewOf(org: Org, { content, consumer, createdAt }: OrgComponent): OAuthApp | undefined {
  const name = texts(content, "externalClientApplication")[0] ?? "";
  const part = (type: string) =>
    [...(org.components.get(type)?.values() ?? [])].find((found) =>
      texts(found.content, "externalClientApplication").includes(name),
    )?.content;
  const settings = part("ExtlClntAppOauthSettings");
  const oauthPolicies = part("ExtlClntAppOauthConfigurablePolicies");
  const policies = part("ExtlClntAppConfigurablePolicies");
  if (!consumer || !settings || (policies && !flag(policies, "isEnabled"))) return undefined;
  const words = (child: string) => commaSeparated(oauthPolicies, child);
  const flowIsOn = (element: typeof content | undefined) => flag(element, "isClientCredentialsFlowEnabled");
  const customTimeout = texts(oauthPolicies, "namedUserJwtSessionTimeoutType")[0] === "Custom";
  const timeout = Number(texts(oauthPolicies, "namedUserJwtTimeout")[0] ?? defaultJwtTimeoutMinutes);
  return {
    name,
    consumerKey: consumer.consumerKey,
    consumerSecret: consumer.consumerSecret,
    createdAt,
    clientCredentialsEnabled: flowIsOn(content) && flowIsOn(oauthPolicies),
    runAsUsername: texts(oauthPolicies, "clientCredentialsFlowUser")[0],
    issuesJwt: flag(content, "isNamedUserJwtEnabled"),
    jwtTimeoutMinutes: customTimeout ? timeout : defaultJwtTimeoutMinutes,
    scopes: commaSeparated(settings, "commaSeparatedOauthScopes").map(oauthScope),
    adminApprovedUsersOnly:
      texts(oauthPolicies, "permittedUsersPolicyType")[0] === "AdminApprovedPreAuthorized",
    profiles: words("commaSeparatedProfile"),
    permissionSets: words("commaSeparatedPermissionSet"),
    introspectsAllTokens: flag(content, "isIntrospectAllTokens"),
  };
}
