import { applicationOf, partOf } from "../../../externalClientApp.ts";
import type { Org } from "../../../org.ts";
import { hasPermission } from "../../../userPermissions.ts";
import type { XmlElement } from "../../xmlElement.ts";
import { ComponentProblem } from "../componentProblem.ts";
import { canonical, withDefaults, withTexts } from "../connectedAppContent.ts";
import { commaSeparated, textOf } from "../elements.ts";
import type { Saving } from "../genericType.ts";
import type { SaveContext } from "../metadataType.ts";
import { checkHasOAuthSettings, part } from "./part.ts";
import { oauthPoliciesSchema } from "./schemas.ts";

const timeoutElements = ["namedUserJwtTimeout", "guestJwtTimeout"];
/** By the API version that brought them. */
const jwtTimeouts = { 61: [1, 5, 10, 15, 30], 65: [60, 90, 120, 240, 480, 720] };
const ipRelaxations = ["Enforce", "Bypass", "Bypass_2factor", "Enforce_RelaxRefresh"];
const validityUnits = ["Days", "Hours", "Months"];
const preAuthorized = "AdminApprovedPreAuthorized";

const defaults = {
  ipRelaxationPolicyType: "Enforce",
  isClientCredentialsFlowEnabled: "false",
  isGuestCodeCredFlowEnabled: "false",
  isTokenExchangeFlowEnabled: "false",
  permittedUsersPolicyType: "AllSelfAuthorized",
  requiredSessionLevel: "STANDARD",
};
const refreshTokenDefaults = {
  refreshTokenPolicyType: "SpecificLifetime",
  refreshTokenValidityPeriod: "365",
  refreshTokenValidityUnit: "Days",
};

/** Who may use the application and how, which each org decides for itself. */
export const oauthPoliciesPart = part({
  schema: oauthPoliciesSchema,
  directoryName: "extlClntAppOauthPolicies",
  suffix: "ecaOauthPlcy",
  keyPrefix: "0xP",
  prepare(context, saving) {
    checkPhase(context, saving);
    checkValues(context, saving.content);
    checkJwtIsOn(context, saving.content);
    checkRunAsUser(context.org, saving.content);
    checkAccess(context.org, saving.content);
    const commaSeparatedProfile = profilesAfter(context.org, saving).join(", ");
    return { content: withOAuthPolicyDefaults(withTexts(saving.content, { commaSeparatedProfile })) };
  },
});

/** The policies with the org's defaults in place of what is missing. */
export function withOAuthPolicyDefaults(content: XmlElement): XmlElement {
  const kept = canonical(content, oauthPoliciesSchema);
  const all = textOf(kept, "refreshTokenPolicyType") ? defaults : { ...defaults, ...refreshTokenDefaults };
  return withDefaults(kept, all);
}

/** It is not known of all orgs whether one deploy may bring both. */
function checkPhase({ org }: SaveContext, saving: Saving): void {
  if (!org.behaviour.policiesAfterOAuthSettings) return;
  checkHasOAuthSettings({ draft: org }, saving);
}

function checkValues({ apiVersion }: SaveContext, content: XmlElement): void {
  const known = Object.entries(jwtTimeouts).filter(([version]) => apiVersion >= Number(version));
  const timeouts = known.flatMap(([, minutes]) => minutes.map(String));
  for (const name of timeoutElements) checkWord(content, name, timeouts);
  checkWord(content, "ipRelaxationPolicyType", ipRelaxations);
  checkWord(content, "refreshTokenValidityUnit", validityUnits);
}

function checkWord(content: XmlElement, name: string, words: readonly string[]): void {
  const text = textOf(content, name);
  if (text === undefined || words.includes(text)) return;
  throw new ComponentProblem(`Invalid value for ${name}: ${text}. Valid values: ${words.join(", ")}`);
}

/** The kind of timeout is a setting of JWTs, which the global OAuth settings must turn on. */
function checkJwtIsOn({ draft }: SaveContext, content: XmlElement): void {
  if (textOf(content, "namedUserJwtSessionTimeoutType") === undefined) return;
  const settings = partOf(draft.components, "ExtlClntAppGlobalOauthSettings", applicationOf(content));
  if (textOf(settings?.content, "isNamedUserJwtEnabled") === "true") return;
  throw new ComponentProblem("Invalid plugin settings");
}

function checkRunAsUser(org: Org, content: XmlElement): void {
  const username = textOf(content, "clientCredentialsFlowUser")?.toLowerCase();
  if (username === undefined) return;
  const user = org.users.find((candidate) => candidate.username.toLowerCase() === username);
  if (!user?.isActive || !hasPermission(org, user, "ApiUserOnly")) {
    throw new ComponentProblem("Enter a valid execution user for the OAuth client credentials flow.");
  }
}

/** Permission sets are known by API name, profiles by the name that Setup shows. */
function checkAccess(org: Org, content: XmlElement): void {
  const profiles = commaSeparated(content, "commaSeparatedProfile");
  const permissionSets = commaSeparated(content, "commaSeparatedPermissionSet");
  const isPreAuthorized = textOf(content, "permittedUsersPolicyType") === preAuthorized;
  if (profiles.length + permissionSets.length > 0 && !isPreAuthorized) {
    throw new ComponentProblem(
      `Profiles and permission sets can only be specified when permittedUsersPolicyType is ${preAuthorized}.`,
    );
  }
  checkNames("commaSeparatedProfile", "Profile", profiles, org.profiles);
  checkNames("commaSeparatedPermissionSet", "PermissionSet", permissionSets, org.permissionSets);
}

function checkNames(
  field: string,
  type: string,
  names: readonly string[],
  known: readonly { name: string }[],
): void {
  const missing = names.find((wanted) => !known.some(({ name }) => name === wanted));
  if (missing === undefined) return;
  throw new ComponentProblem(`In field: ${field} - no ${type} named ${missing} found`);
}

/** A deploy adds profiles to those that are granted, and may not name one of these again. */
function profilesAfter(org: Org, { content, existing }: Saving): string[] {
  const wanted = commaSeparated(content, "commaSeparatedProfile");
  const granted = commaSeparated(existing?.content, "commaSeparatedProfile");
  if (org.behaviour.refuseGrantedProfiles && wanted.some((name) => granted.includes(name))) {
    throw new ComponentProblem("profile names are already taken");
  }
  const isPreAuthorized = textOf(content, "permittedUsersPolicyType") === preAuthorized;
  return isPreAuthorized ? [...new Set([...granted, ...wanted])] : [];
}
