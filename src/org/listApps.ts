import { namespaceOf } from "../app/apiName.ts";
import type { KindName } from "../app/desiredApp.ts";
import { messagesOf } from "../messages.ts";
import { kinds } from "../metadata/kinds.ts";
import { askOrg } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { asList } from "./soapList.ts";

type ListedComponent = Awaited<ReturnType<TargetOrg["connection"]["metadata"]["list"]>>[number];

/** An app that the org lists. */
export interface ListedApp {
  kind: KindName;
  name: string;
  /** The namespace of the package that brought the app; undefined for an app of the org's own. */
  namespace: string | undefined;
}

/**
 * The apps of the given kinds, by name. An org that is too old for a kind has no apps of it.
 *
 * @throws SfError `OrgRequestFailedError` and its like
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_listmetadata.htm
 */
export async function listApps(org: TargetOrg, kindNames: readonly KindName[]): Promise<ListedApp[]> {
  const lists = await Promise.all(kindNames.map((kind) => listKind(org, kind)));
  return lists.flat();
}

async function listKind(org: TargetOrg, kind: KindName): Promise<ListedApp[]> {
  const type = kinds[kind].components[0]?.type ?? "";
  const { metadata, version } = org.connection;
  try {
    const found = await askOrg(org, messagesOf("org").getMessage("call.list", [type]), () =>
      metadata.list([{ type }], version),
    );
    return asList(found)
      .map((component) => ({ kind, name: component.fullName, namespace: packageOf(component) }))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    if (error instanceof Error && /INVALID_TYPE/.test(error.message)) return [];
    throw error;
  }
}

/** An org with a namespace of its own lists its own apps with it, and says that no package manages them. */
function packageOf({ fullName, namespacePrefix, manageableState }: ListedComponent): string | undefined {
  const prefix = manageableState === "unmanaged" ? undefined : namespacePrefix || undefined;
  return namespaceOf(fullName) ?? prefix;
}
