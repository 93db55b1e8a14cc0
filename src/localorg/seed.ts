import { administratorUsername } from "./administrator.ts";
import type { OrgBehaviour } from "./behaviour.ts";
import { createSigningKey } from "./oauth/signingKey.ts";
import type { Org, OrgProfile, OrgSigningKey, OrgUser } from "./org.ts";
import { licenseOfProfile, standardPermissionSets, standardProfiles } from "./profiles.ts";
import { newId } from "./salesforceId.ts";

/**
 * A new org: users, profiles and permission sets as a team would find them, and no connected app yet.
 *
 * In reality, a username is unique across all orgs, and a sandbox adds its name to it. Here the integration user has
 * the same username in each org, so that one spec deploys to all of them.
 */
export function newOrg(name: string, isSandbox: boolean, behaviour: OrgBehaviour): Org {
  const id = newId("00D");
  const createdAt = behaviour.now();
  let signingKey: OrgSigningKey | undefined;
  return {
    name,
    id,
    isSandbox,
    myDomainUrl: "",
    behaviour,
    users: newUsers(name),
    profiles: Object.keys(standardProfiles).map(newProfile),
    permissionSets: standardPermissionSets.map((permissionSet) => ({
      id: newId("0PS"),
      ...permissionSet,
      permissions: [],
    })),
    connectedApps: new Map(),
    components: new Map(),
    createdAt,
    sessionTimeoutMinutes: 120,
    logins: [],
    // It takes longer than all the rest of an org, and many an org never signs a token.
    get signingKey() {
      signingKey ??= createSigningKey(id, createdAt);
      return signingKey;
    },
    sessions: new Map(),
    revokedJwts: new Map(),
    tokenRequests: new Map(),
    deployments: new Map(),
  };
}

/** A profile as in a new org. */
export function newProfile(name: string): OrgProfile {
  return { name, permissions: [...(standardProfiles[name]?.permissions ?? [])], loginIpRanges: [] };
}

function newUsers(orgName: string): OrgUser[] {
  const apiOnlyProfile = "Minimum Access - API Only Integrations";
  return [
    newUser(administratorUsername(orgName), "Ada Moreno", "System Administrator"),
    newUser("cpq.integration@example.com", "CPQ Integration", apiOnlyProfile, ["CPQ_Integration"]),
    {
      ...newUser("cpq.former@example.com", "Former Integration", apiOnlyProfile, ["CPQ_Integration"]),
      isActive: false,
    },
    {
      ...newUser("cpq.frozen@example.com", "Frozen Integration", apiOnlyProfile, ["CPQ_Integration"]),
      isFrozen: true,
    },
    newUser("cpq.noapi@example.com", "Noah Lindgren", "Minimum Access - Salesforce", ["CPQ_Integration"]),
    newUser("cpq.person@example.com", "Priya Raman", "Standard User", ["CPQ_Integration"]),
    newUser("cpq.other@example.com", "Other Integration", "Salesforce API Only System Integrations", [
      "CPQ_Reports",
    ]),
  ];
}

function newUser(
  username: string,
  name: string,
  profileName: keyof typeof standardProfiles,
  permissionSets: string[] = [],
): OrgUser {
  return {
    id: newId("005"),
    username,
    email: username,
    name,
    profileName,
    isActive: true,
    isFrozen: false,
    permissionSets,
    permissionSetLicenses:
      licenseOfProfile(profileName) === "Salesforce Integration" ? ["SalesforceAPIIntegrationPsl"] : [],
  };
}
