import { namespaceOf } from "../../namespace.ts";
import type { Org, OrgConnectedApp } from "../../org.ts";
import { hasPermission } from "../../userPermissions.ts";
import type { XmlElement } from "../xmlElement.ts";
import { ComponentProblem } from "./componentProblem.ts";
import { childOf, textOf, textsOf } from "./elements.ts";
import type { SaveContext } from "./metadataType.ts";

const ipRelaxations = ["ENFORCE", "BYPASS_2FACTOR", "BYPASS", "ENFORCE_RELAXREFRESH"];
const refreshTokenPolicyPattern =
  /^(?:zero|infinite|(?:specific_lifetime|specific_inactivity):[1-9]\d{0,4}:(?:HOURS|DAYS|MONTHS))$/;

/**
 * The rules of a connected app that its schema cannot say.
 *
 * @throws ComponentProblem if one of them is broken
 */
export function checkConnectedApp(
  { org }: SaveContext,
  fullName: string,
  content: XmlElement,
  existing: OrgConnectedApp | undefined,
): void {
  checkFullName(fullName);
  const label = textOf(content, "label") ?? "";
  if (label.length > 80) throw new ComponentProblem("Label: data value too large (max length=80)");
  checkEmail(textOf(content, "contactEmail") ?? "");
  const oauth = childOf(content, "oauthConfig");
  if (oauth) {
    checkCallbackUrls(textOf(oauth, "callbackUrl") ?? "");
    const keyMayBeMissing = existing !== undefined && org.behaviour.refuseConsumerKeyOnUpdate;
    checkRunAsUser(org, oauth, keyMayBeMissing);
  }
  checkAccess(org, content, oauth);
  checkPolicy(childOf(content, "oauthPolicy"));
}

/** @throws ComponentProblem if it is not an email address */
export function checkEmail(email: string): void {
  if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) {
    throw new ComponentProblem(`Contact Email: invalid email address: ${email}`);
  }
}

/** @throws ComponentProblem if it is not an API name, or has a namespace */
export function checkFullName(fullName: string): void {
  refuseNamespace(fullName);
  if (!/^[A-Za-z](?:_?[A-Za-z0-9])*$/.test(fullName) || fullName.length > 80) {
    throw new ComponentProblem(
      "The name can only contain underscores and alphanumeric characters. It must be unique, begin with a letter, not include spaces, not end with an underscore, and not contain two consecutive underscores.",
    );
  }
}

/** @throws ComponentProblem if a name has a namespace, which an org without one cannot create */
export function refuseNamespace(fullName: string): void {
  const namespace = namespaceOf(fullName);
  if (namespace === undefined) return;
  throw new ComponentProblem(
    `Cannot create a new component with the namespace: ${namespace}.  Only components in the same namespace as the organization can be created through the API`,
  );
}

/**
 * Checks callback URLs, each on a line of its own.
 *
 * @throws ComponentProblem if one of them is not a URL, or not a safe one
 */
export function checkCallbackUrls(callbackUrls: string): void {
  for (const callbackUrl of callbackUrls.split(/\s+/).filter((url) => url !== "")) {
    if (!URL.canParse(callbackUrl)) throw new ComponentProblem(`Callback URL: Invalid URL: ${callbackUrl}`);
    const { protocol, hostname } = new URL(callbackUrl);
    if (protocol === "http:" && hostname !== "localhost" && hostname !== "127.0.0.1") {
      throw new ComponentProblem("Callback URL: The URL must use HTTPS, unless it is localhost.");
    }
  }
}

function checkRunAsUser(org: Org, oauth: XmlElement, keyMayBeMissing: boolean): void {
  const username = textOf(oauth, "oauthClientCredentialUser");
  if (username === undefined) return;
  const hasKey = textOf(oauth, "consumerKey") !== undefined || keyMayBeMissing;
  const user = org.users.find((candidate) => candidate.username.toLowerCase() === username.toLowerCase());
  const flowIsOn = textOf(oauth, "isClientCredentialEnabled") === "true";
  if (!flowIsOn || !hasKey || !user?.isActive || !hasPermission(org, user, "ApiUserOnly")) {
    throw new ComponentProblem("Enter a valid execution user for the OAuth client credentials flow.");
  }
}

function checkAccess(org: Org, content: XmlElement, oauth: XmlElement | undefined): void {
  const profiles = textsOf(content, "profileName");
  const permissionSets = textsOf(content, "permissionSetName");
  if (profiles.length + permissionSets.length > 0 && textOf(oauth, "isAdminApproved") !== "true") {
    throw new ComponentProblem(
      "Profiles and permission sets can only be specified when isAdminApproved is true.",
    );
  }
  for (const profile of profiles) {
    if (!org.profiles.some(({ name }) => name === profile))
      throw new ComponentProblem(`In field: profileName - no Profile named ${profile} found`);
  }
  for (const name of permissionSets) {
    if (!org.permissionSets.some((known) => known.name === name || known.label === name)) {
      throw new ComponentProblem(`In field: permissionSetName - no PermissionSet named ${name} found`);
    }
  }
}

function checkPolicy(policy: XmlElement | undefined): void {
  if (!policy) return;
  const ipRelaxation = textOf(policy, "ipRelaxation") ?? "";
  if (!ipRelaxations.includes(ipRelaxation)) {
    throw new ComponentProblem(`Invalid value for ipRelaxation: ${ipRelaxation}`);
  }
  const refreshTokenPolicy = textOf(policy, "refreshTokenPolicy") ?? "";
  if (!refreshTokenPolicyPattern.test(refreshTokenPolicy)) {
    throw new ComponentProblem(`Invalid value for refreshTokenPolicy: ${refreshTokenPolicy}`);
  }
}
