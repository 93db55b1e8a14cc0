import { askOrg } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";

/**
 * The fullNames of the org's own components by metadata type; those of packages are left out. At most three types.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_listmetadata.htm
 */
export async function listNames(org: TargetOrg, types: readonly string[]): Promise<Map<string, string[]>> {
  const list = () => org.connection.metadata.list(types.map((type) => ({ type })));
  const found = await askOrg(org, "listMetadata", list);
  const own = found.filter(({ namespacePrefix }) => !namespacePrefix);
  return new Map(
    types.map((type) => [type, own.filter((entry) => entry.type === type).map(({ fullName }) => fullName)]),
  );
}
