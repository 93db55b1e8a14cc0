import type { KindName } from "../app/kindName.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import { quoted } from "./soql.ts";

/** User permissions of which one is needed to see external client apps; each is a field `Permissions…`. */
const viewPermissions = ["ExternalClientAppViewer", "ExternalClientAppAdmin", "ExternalClientAppDeveloper"];

/**
 * Whether who asks sees external client apps: to those without a permission for it, an org shows none, though there may be
 * some. Undefined if the org does not tell.
 */
export async function seesExternalClientApps(org: TargetOrg): Promise<boolean | undefined> {
  const grants = viewPermissions.map((name) => `PermissionSet.Permissions${name} = true`).join(" OR ");
  const soql = `SELECT Id FROM PermissionSetAssignment WHERE Assignee.Username = ${quoted(org.username)} AND (${grants}) LIMIT 1`;
  try {
    return (await queryOrg<{ Id: string }>(org, soql)).length > 0;
  } catch {
    // Older orgs do not have all of these permissions, and not everybody may read assignments.
    return undefined;
  }
}

/**
 * Whether the org lists none of these external client apps, which says something only to who sees such apps. It costs less
 * time than a retrieve. Undefined if the org does not tell.
 */
export async function existsNone(
  org: TargetOrg,
  apps: readonly { kind: KindName; name: string }[],
): Promise<boolean | undefined> {
  // An app of a package has the name without its namespace.
  const names = apps.map(({ name }) => quoted(name.replace(/^\w+?__/, "")));
  if (apps.some(({ kind }) => kind !== "ExternalClientApp")) return undefined;
  const soql = `SELECT Id FROM ExternalClientApplication WHERE DeveloperName IN (${names.join(", ")}) LIMIT 1`;
  try {
    return (await queryOrg<{ Id: string }>(org, soql)).length === 0;
  } catch {
    return undefined;
  }
}
