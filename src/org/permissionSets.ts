import { messagesOf } from "../messages.ts";
import { askOrg, hasId } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import type { PermissionSetRecord } from "./records.ts";
import { quoted } from "./soql.ts";

/** A permission set. People refer to it by API name or by label. */
export interface PermissionSet {
  id: string;
  /** API name, with the namespace of its package. */
  name: string;
  label: string;
}

/** The permission sets whose API name or label is one of the names. */
export async function findPermissionSets(org: TargetOrg, names: readonly string[]): Promise<PermissionSet[]> {
  if (names.length === 0) return [];
  const soql = `SELECT Id, Name, Label, NamespacePrefix FROM PermissionSet WHERE IsOwnedByProfile = false AND ${isOneOf(names)}`;
  const records = await queryOrg<PermissionSetRecord>(org, soql);
  return records
    .map(permissionSetOf)
    .filter(({ name, label }) => names.includes(name) || names.includes(label));
}

/** Names in a query are without namespaces. */
function isOneOf(names: readonly string[], prefix = ""): string {
  const labels = names.map(quoted).join(", ");
  const withoutNamespaces = names.map((name) => quoted(name.replace(/^\w+?__/, ""))).join(", ");
  return `(${prefix}Name IN (${withoutNamespaces}) OR ${prefix}Label IN (${labels}))`;
}

function permissionSetOf({ Id, Name, Label, NamespacePrefix }: PermissionSetRecord): PermissionSet {
  return { id: Id, name: NamespacePrefix ? `${NamespacePrefix}__${Name}` : Name, label: Label };
}

/**
 * Which of the users have which of the permission sets, each as `userId/permissionSetId`.
 *
 * @param names API names or labels of permission sets
 */
export async function readAssignments(
  org: TargetOrg,
  usernames: readonly string[],
  names: readonly string[],
): Promise<ReadonlySet<string>> {
  if (usernames.length === 0 || names.length === 0) return new Set();
  const users = [...new Set(usernames)].map(quoted).join(", ");
  const soql = `SELECT AssigneeId, PermissionSetId FROM PermissionSetAssignment WHERE Assignee.Username IN (${users}) AND ${isOneOf([...new Set(names)], "PermissionSet.")}`;
  const records = await queryOrg<{ AssigneeId: string; PermissionSetId: string }>(org, soql);
  return new Set(records.map(({ AssigneeId, PermissionSetId }) => `${AssigneeId}/${PermissionSetId}`));
}

/** Assigns a permission set to a user: a change of data, not of metadata. */
export async function assignPermissionSet(
  org: TargetOrg,
  userId: string,
  permissionSetId: string,
): Promise<void> {
  const assignment = { AssigneeId: userId, PermissionSetId: permissionSetId };
  const create = () => org.connection.sobject("PermissionSetAssignment").create(assignment);
  await askOrg(org, messagesOf("org").getMessage("call.create", ["PermissionSetAssignment"]), create, {
    changes: true,
    isAnswer: hasId,
  });
}

/** Takes a permission set from a user, if the user has it. */
export async function unassignPermissionSet(
  org: TargetOrg,
  userId: string,
  permissionSetId: string,
): Promise<void> {
  const soql = `SELECT Id FROM PermissionSetAssignment WHERE AssigneeId = ${quoted(userId)} AND PermissionSetId = ${quoted(permissionSetId)}`;
  const [found] = await queryOrg<{ Id: string }>(org, soql);
  if (found === undefined) return;
  const remove = () => org.connection.sobject("PermissionSetAssignment").delete(found.Id);
  await askOrg(org, messagesOf("org").getMessage("call.delete", ["PermissionSetAssignment"]), remove, {
    changes: true,
    isAnswer: hasId,
  });
}
