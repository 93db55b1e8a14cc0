import { applicationOf, expiresAt, partOf } from "../externalClientApp.ts";
import { commaSeparated, isTrue, textOf } from "../metadata/types/elements.ts";
import type { Org, OrgComponent } from "../org.ts";
import type { OAuthApp } from "./oauthApp.ts";
import { oauthScope } from "./scopes.ts";

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
  if (former?.state !== "Rotated" || org.behaviour.now() >= expiresAt(former)) return [];
  return [{ ...view, consumerKey: former.consumerKey, consumerSecret: former.consumerSecret }];
}

function viewOf(org: Org, { content, consumer, createdAt }: OrgComponent): OAuthApp | undefined {
  const name = applicationOf(content);
  const part = (type: string) => partOf(org.components, type, name)?.content;
  const application = org.components.get("ExternalClientApplication")?.get(name)?.content;
  const settings = part("ExtlClntAppOauthSettings");
  const oauthPolicies = part("ExtlClntAppOauthConfigurablePolicies");
  const policies = part("ExtlClntAppConfigurablePolicies");
  if (!consumer || !settings || (policies && !isTrue(policies, "isEnabled"))) return undefined;
  const words = (child: string) => commaSeparated(oauthPolicies, child);
  const flowIsOn = (element: typeof content | undefined) => isTrue(element, "isClientCredentialsFlowEnabled");
  const minutes = (child: string) => {
    const text = textOf(oauthPolicies, child);
    return text === undefined ? undefined : Number(text);
  };
  return {
    name,
    label: textOf(application, "label") ?? name,
    kind: "ExternalClientApp",
    isLocal: textOf(application, "distributionState") === "Local",
    consumerKey: consumer.consumerKey,
    consumerSecret: consumer.consumerSecret,
    createdAt,
    clientCredentialsEnabled: flowIsOn(content) && flowIsOn(oauthPolicies),
    runAsUsername: textOf(oauthPolicies, "clientCredentialsFlowUser"),
    issuesJwt: isTrue(content, "isNamedUserJwtEnabled"),
    jwtTimeoutMinutes: minutes("namedUserJwtTimeout"),
    sessionTimeoutMinutes: minutes("sessionTimeoutInMinutes"),
    scopes: commaSeparated(settings, "commaSeparatedOauthScopes").map(oauthScope),
    relaxesIpRestrictions: /^bypass/i.test(textOf(oauthPolicies, "ipRelaxationPolicyType") ?? ""),
    adminApprovedUsersOnly:
      textOf(oauthPolicies, "permittedUsersPolicyType") === "AdminApprovedPreAuthorized",
    profiles: words("commaSeparatedProfile"),
    permissionSets: words("commaSeparatedPermissionSet"),
    introspectsAllTokens: isTrue(content, "isIntrospectAllTokens"),
  };
}
