import { messagesOf } from "../messages.ts";
import { askOrg } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";

/**
 * Which user permissions the user who asks has. Everybody may know this of oneself, unlike what others have. A
 * permission that this org does not know is missing in the answer.
 *
 * @param names such as `ManageUsers`; each is a field `Permissions…`
 * @throws SfError as `askOrg`
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_userpermissionaccess.htm
 */
export async function readOwnPermissions<Name extends string>(
  org: TargetOrg,
  names: readonly Name[],
): Promise<ReadonlyMap<Name, boolean>> {
  const object = "UserPermissionAccess";
  const what = messagesOf("org").getMessage("call.describe", [object]);
  const { fields } = await askOrg(org, what, () => org.connection.describe(object), {
    isAnswer: (answer) => Array.isArray(answer?.fields),
  });
  const known = names.filter((name) => fields.some((field) => field.name === fieldOf(name)));
  if (known.length === 0) return new Map();
  const soql = `SELECT ${known.map(fieldOf).join(", ")} FROM ${object}`;
  const [record] = await queryOrg<Record<string, unknown>>(org, soql);
  return new Map(known.map((name) => [name, record?.[fieldOf(name)] === true]));
}

function fieldOf(permission: string): string {
  return `Permissions${permission}`;
}
