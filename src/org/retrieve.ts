import JSZip from "jszip";
import { messagesOf } from "../messages.ts";
import type { ComponentType, MetadataFile } from "../metadata/kind.ts";
import { askOrg, hasId } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { pollUntilDone } from "./polling.ts";
import { fileKey, filesOfApps } from "./retrievedFiles.ts";
import { asList } from "./soapList.ts";

type MetadataApi = TargetOrg["connection"]["metadata"];
type RetrieveRequest = Parameters<MetadataApi["retrieve"]>[0];
type FileProperties = Awaited<ReturnType<MetadataApi["checkRetrieveStatus"]>>["fileProperties"][number];

const waitMilliseconds = 10 * 60_000;

/** An app that is wanted: its API name and the components that it may have. */
export interface WantedApp {
  components: readonly ComponentType[];
  name: string;
}

/** An app as the org has it. */
export interface RetrievedApp {
  /** The components that the org has of it, in the order of their types; none if there is no such app. */
  files: MetadataFile[];
  /** Who changed one of them last, and when. */
  lastChange?: { by: string; at: string };
}

/**
 * The components of one app.
 *
 * @throws SfError as `retrieveApps`
 */
export async function retrieveFiles(
  org: TargetOrg,
  components: readonly ComponentType[],
  appName: string,
): Promise<MetadataFile[]> {
  const [app] = await retrieveApps(org, [{ components, name: appName }]);
  return app?.files ?? [];
}

/**
 * Apps as the org has them, in the order of the question, by one retrieve of the Metadata API. The parts of external
 * client apps have all sorts of names, so the org is asked for all parts of these types, and those of the apps are
 * picked out.
 *
 * @throws SfError if the retrieve fails, or if its answer is not that of a retrieve
 */
export async function retrieveApps(org: TargetOrg, wanted: readonly WantedApp[]): Promise<RetrievedApp[]> {
  if (wanted.length === 0) return [];
  const { metadata, version } = org.connection;
  // The client's types require every element of a manifest. The org requires only these.
  const unpackaged = { types: manifestTypes(wanted), version } as RetrieveRequest["unpackaged"];
  const request = { apiVersion: Number(version), singlePackage: true, unpackaged };
  const { id } = await askOrg(org, "retrieve", () => metadata.retrieve(request), { isAnswer: hasId });
  const check = () => metadata.checkRetrieveStatus(id);
  const result = await pollUntilDone(
    () => askOrg(org, "checkRetrieveStatus", check, { isAnswer: hasId }),
    Date.now() + waitMilliseconds,
  );
  const fail = (reason: string) => messagesOf("org").createError("retrieveFailed", [org.name, reason]);
  if (!result.success) throw fail(result.errorMessage ?? String(result.status));
  const files = await unpacked(result.zipFile, wanted).catch((error: Error) => {
    throw fail(error.message);
  });
  const properties = asList(result.fileProperties);
  return wanted.map(({ components, name }) => {
    const own = components.flatMap((component) => files.get(fileKey(component, name)) ?? []);
    return { files: own, ...lastChangeOf(own, properties) };
  });
}

async function unpacked(
  base64: string,
  wanted: readonly WantedApp[],
): Promise<ReadonlyMap<string, MetadataFile>> {
  const zip = await JSZip.loadAsync(base64, { base64: true });
  const components = new Set(wanted.flatMap((app) => app.components));
  return filesOfApps(zip, [...components], new Set(wanted.map(({ name }) => name)));
}

function lastChangeOf(
  files: readonly MetadataFile[],
  properties: readonly FileProperties[],
): Pick<RetrievedApp, "lastChange"> {
  const [last] = properties
    .filter(({ type, fullName }) =>
      files.some((file) => file.component.type === type && file.fullName === fullName),
    )
    .sort((a, b) => b.lastModifiedDate.localeCompare(a.lastModifiedDate));
  if (last === undefined) return {};
  return { lastChange: { by: last.lastModifiedByName, at: last.lastModifiedDate } };
}

/**
 * Components that have the app's name are asked for by name. Of those that only refer to the app, all are asked for.
 */
function manifestTypes(wanted: readonly WantedApp[]): { name: string; members: string[] }[] {
  const members = new Map<string, Set<string>>();
  for (const { components, name } of wanted) {
    for (const { type, appElement } of components) {
      const names = members.get(type) ?? new Set();
      members.set(type, names.add(appElement === undefined ? name : "*"));
    }
  }
  return [...members].map(([name, names]) => ({ name, members: [...names] }));
}
