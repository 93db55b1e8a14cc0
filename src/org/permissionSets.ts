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
  const list = names.map(quoted).join(", ");
  const withoutNamespaces = names.map((name) => quoted(name.replace(/^\w+?__/, ""))).join(", ");
  const soql = `SELECT Id, Name, Label, NamespacePrefix FROM PermissionSet WHERE IsOwnedByProfile = false AND (Name IN (${withoutNamespaces}) OR Label IN (${list}))`;
  const records = await queryOrg<PermissionSetRecord>(org, soql);
  return records
    .map(permissionSetOf)
    .filter(({ name, label }) => names.includes(name) || names.includes(label));
}

function permissionSetOf({ Id, Name, Label, NamespacePrefix }: PermissionSetRecord): PermissionSet {
  return { id: Id, name: NamespacePrefix ? `${NamespacePrefix}__${Name}` : Name, label: Label };
}

/** Which of the users have which of the permission sets, each as `userId/permissionSetId`. */
export async function readAssignments(
  org: TargetOrg,
  userIds: readonly string[],
  permissionSets: readonly PermissionSet[],
): Promise<ReadonlySet<string>> {
  if (userIds.length === 0 || permissionSets.length === 0) return new Set();
  const users = [...new Set(userIds)].map(quoted).join(", ");
  const sets = permissionSets.map(({ id }) => quoted(id)).join(", ");
  const soql = `SELECT AssigneeId, PermissionSetId FROM PermissionSetAssignment WHERE AssigneeId IN (${users}) AND PermissionSetId IN (${sets})`;
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
