import type { DesiredApp } from "../../app/desiredApp.ts";
import { namedBy } from "../../app/namesInOrg.ts";
import type { OrgFacts } from "../../app/orgFacts.ts";
import type { TargetOrg } from "../../org/connect.ts";
import { findPermissionSets, type PermissionSet, readAssignments } from "../../org/permissionSets.ts";
import { findProfiles } from "../../org/profiles.ts";
import { readRunAsUsers } from "../../org/runAsFacts.ts";
import type { OrgUser } from "../../org/users.ts";
import { runAsUser } from "./runAsUser.ts";

/**
 * What an org says of everything that specs name in it, before anything is deployed: Run As users, permission sets,
 * profiles. The number of queries does not grow with the number of apps.
 *
 * @returns the facts of one of the apps
 * @throws SfError as `askOrg`
 */
export async function readOrgFacts(
  org: TargetOrg,
  apps: readonly DesiredApp[],
): Promise<(app: DesiredApp) => OrgFacts> {
  const named = (path: "policy.permissionSets" | "policy.profiles", of = apps) => [
    ...new Set(of.flatMap(({ settings }) => settings[path] ?? [])),
  ];
  const external = apps.filter(({ kind }) => kind === "ExternalClientApp");
  const usernames = [...new Set(apps.flatMap((app) => usernameOf(app) ?? []))];
  const [{ users, facts }, permissionSets, assignments, profiles] = await Promise.all([
    readRunAsUsers(org, usernames),
    findPermissionSets(org, named("policy.permissionSets")),
    readAssignments(org, usernames, named("policy.permissionSets")),
    findProfiles(org, named("policy.profiles", external)),
  ]);
  const askedAt = new Date().toISOString();
  return (app) => {
    const { settings } = app;
    const username = usernameOf(app);
    const user = facts.get(username?.toLowerCase() ?? "");
    const isUnknown = (known: readonly { name: string; label: string }[]) => (name: string) =>
      namedBy(name, known).length === 0;
    return {
      askedAt,
      runAsUser: user,
      missing: {
        runAs: username !== undefined && user === undefined,
        permissionSets: (settings["policy.permissionSets"] ?? []).filter(isUnknown(permissionSets)),
        // Connected apps use the metadata names of profiles, which no query finds.
        profiles:
          app.kind === "ExternalClientApp"
            ? (settings["policy.profiles"] ?? []).filter(isUnknown(profiles))
            : [],
      },
      isApproved: isAssigned(app, { users, permissionSets }, assignments),
    };
  };
}

/** Whether the Run As user has one of the app's own permission sets; undefined if none is wanted. */
export function isAssigned(
  app: DesiredApp,
  { users, permissionSets }: { users: OrgUser[]; permissionSets: readonly PermissionSet[] },
  assignments: ReadonlySet<string>,
): boolean | undefined {
  const { settings } = app;
  const wanted = settings["policy.permissionSets"] ?? [];
  const user = runAsUser(app, { users });
  const byProfile = (settings["policy.profiles"] ?? []).length > 0;
  if (settings["policy.permittedUsers"] !== "adminApproved" || wanted.length === 0) return undefined;
  if (user === undefined || byProfile) return undefined;
  return permissionSets
    .filter(({ name, label }) => wanted.includes(name) || wanted.includes(label))
    .some(({ id }) => assignments.has(`${user.id}/${id}`));
}

function usernameOf({ settings }: DesiredApp): string | undefined {
  return settings["oauth.clientCredentials.runAs"];
}
