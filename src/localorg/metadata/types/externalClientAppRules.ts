import type { Org } from "../../org.ts";
import { hasPermission } from "../../userPermissions.ts";
import type { XmlElement } from "../xmlElement.ts";
import { ComponentProblem } from "./componentProblem.ts";
import { connectedAppOauthAccessScope } from "./connectedAppEnums.ts";
import { commaSeparated, textOf } from "./elements.ts";
import { externalClientApplicationSchema, oauthSettingsSchema } from "./externalClientAppSchema.ts";
import { componentsOf, type Saving } from "./genericType.ts";
import type { SaveContext } from "./metadataType.ts";

const jwtTimeouts = [1, 5, 10, 15, 30, 60, 90, 120, 240, 480, 720];
const ipRelaxations = ["Enforce", "Bypass", "Bypass_2factor", "Enforce_RelaxRefresh"];
const validityUnits = ["Days", "Hours", "Months"];
/** External client apps and connected apps have one name each for the scope `sfap_api`. */
const scopeWords = connectedAppOauthAccessScope.words.map((word) =>
  word === "SFAP" ? "SFApiPlatform" : word,
);

/** The name of the application that a file belongs to. */
export function applicationOf(content: XmlElement): string {
  return textOf(content, "externalClientApplication") ?? "";
}

/**
 * Refuses a file of an application that does not exist, and a second file of one type for the same application.
 *
 * @throws ComponentProblem if it is one of these
 */
export function checkApplication(
  { draft }: SaveContext,
  typeName: string,
  { content, fullName }: Saving,
): void {
  const application = applicationOf(content);
  if (!componentsOf(draft, externalClientApplicationSchema.name).has(application)) {
    throw new ComponentProblem(
      `In field: externalClientApplication - no ExternalClientApplication named ${application} found`,
    );
  }
  for (const other of componentsOf(draft, typeName).values()) {
    if (other.fullName !== fullName && applicationOf(other.content) === application) {
      throw new ComponentProblem(
        `The external client app ${application} already has a component of the type ${typeName}: ${other.fullName}`,
      );
    }
  }
}

/** @throws ComponentProblem if a scope is unknown */
export function checkScopes(content: XmlElement): void {
  for (const scope of commaSeparated(content, "commaSeparatedOauthScopes")) {
    if (!scopeWords.includes(scope)) throw new ComponentProblem(`Invalid OAuth scope: ${scope}`);
  }
}

/** @throws ComponentProblem if the application has no OAuth settings, neither in the org nor in the same deploy */
export function checkHasOAuthSettings({ draft }: SaveContext, content: XmlElement): void {
  const application = applicationOf(content);
  const settings = [...componentsOf(draft, oauthSettingsSchema.name).values()];
  if (settings.some((found) => applicationOf(found.content) === application)) return;
  throw new ComponentProblem(
    `The external client app ${application} doesn't have a valid OAuth settings configuration.`,
  );
}

/** @throws ComponentProblem if a policy has a value that does not exist, or one that the others rule out */
export function checkOAuthPolicies(context: SaveContext, content: XmlElement): void {
  const { org, draft } = context;
  // Whether one deploy may bring both is not known of real orgs.
  if (org.behaviour.policiesAfterOAuthSettings) {
    checkHasOAuthSettings({ ...context, draft: { ...draft, components: org.components } }, content);
  }
  for (const name of ["namedUserJwtTimeout", "guestJwtTimeout"]) {
    const timeout = textOf(content, name);
    if (timeout !== undefined && !jwtTimeouts.includes(Number(timeout))) {
      throw new ComponentProblem(
        `Invalid value for ${name}: ${timeout}. Valid values: ${jwtTimeouts.join(", ")}`,
      );
    }
  }
  checkWord(content, "ipRelaxationPolicyType", ipRelaxations);
  checkWord(content, "refreshTokenValidityUnit", validityUnits);
  checkRunAsUser(org, content);
  checkAccess(org, content);
}

function checkWord(content: XmlElement, name: string, words: string[]): void {
  const text = textOf(content, name);
  if (text !== undefined && !words.includes(text)) {
    throw new ComponentProblem(`Invalid value for ${name}: ${text}`);
  }
}

function checkRunAsUser(org: Org, content: XmlElement): void {
  const username = textOf(content, "clientCredentialsFlowUser")?.toLowerCase();
  if (username === undefined) return;
  const user = org.users.find((candidate) => candidate.username.toLowerCase() === username);
  if (!user?.isActive || !hasPermission(org, user, "ApiUserOnly")) {
    throw new ComponentProblem("Enter a valid execution user for the OAuth client credentials flow.");
  }
}

function checkAccess(org: Org, content: XmlElement): void {
  const profiles = commaSeparated(content, "commaSeparatedProfile");
  const permissionSets = commaSeparated(content, "commaSeparatedPermissionSet");
  const isPreAuthorized = textOf(content, "permittedUsersPolicyType") === "AdminApprovedPreAuthorized";
  if (profiles.length + permissionSets.length > 0 && !isPreAuthorized) {
    throw new ComponentProblem(
      "Profiles and permission sets can only be specified when permittedUsersPolicyType is AdminApprovedPreAuthorized.",
    );
  }
  for (const profile of profiles) {
    if (!org.profiles.includes(profile)) {
      throw new ComponentProblem(`In field: commaSeparatedProfile - no Profile named ${profile} found`);
    }
  }
  for (const name of permissionSets) {
    if (!org.permissionSets.some((known) => known.name === name || known.label === name)) {
      throw new ComponentProblem(
        `In field: commaSeparatedPermissionSet - no PermissionSet named ${name} found`,
      );
    }
  }
}
