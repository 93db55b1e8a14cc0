import JSZip from "jszip";
import { messagesOf } from "../messages.ts";
import type { ComponentType, MetadataFile } from "../metadata/kind.ts";
import { parseXml } from "../metadata/xmlText.ts";
import { askOrg, hasId } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { pollUntilDone } from "./polling.ts";
import { asList } from "./soapList.ts";

type RetrieveRequest = Parameters<TargetOrg["connection"]["metadata"]["retrieve"]>[0];

const waitMilliseconds = 10 * 60_000;

/** An app that is wanted: its API name and the components that it may have. */
export interface WantedApp {
  components: readonly ComponentType[];
  name: string;
}

/** An app as the org has it. */
export interface RetrievedApp {
  /** The components that the org has of it, in the order of their types; none where there is no such app. */
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
 * Apps as the org has them, in the order of the question, by one retrieve of the Metadata API.
 *
 * @throws SfError where the retrieve fails, or its answer is not what a retrieve gives
 */
export async function retrieveApps(org: TargetOrg, wanted: readonly WantedApp[]): Promise<RetrievedApp[]> {
  if (wanted.length === 0) return [];
  const { metadata, version } = org.connection;
  // The client's types want every element of a manifest; the org wants only these.
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
  const zip = await JSZip.loadAsync(result.zipFile, { base64: true }).catch((error: Error) => {
    throw fail(error.message);
  });
  const properties = asList(result.fileProperties);
  return Promise.all(
    wanted.map(async ({ components, name }): Promise<RetrievedApp> => {
      const read = components.map(async (component): Promise<MetadataFile[]> => {
        const fullName = component.fullName(name);
        // The folder before it depends on how the org packs: none for a single package, `unpackaged/` otherwise.
        const path = `${component.folder}/${fullName}.${component.suffix}`;
        const entry = zip.file(path) ?? zip.file(`unpackaged/${path}`);
        if (entry === null) return [];
        try {
          return [{ component, fullName, content: parseXml(await entry.async("string")) }];
        } catch (error) {
          throw fail(`${path}: ${error instanceof Error ? error.message : String(error)}`);
        }
      });
      const files = (await Promise.all(read)).flat();
      const [last] = properties
        .filter(({ type, fullName }) =>
          files.some((file) => file.component.type === type && file.fullName === fullName),
        )
        .sort((a, b) => b.lastModifiedDate.localeCompare(a.lastModifiedDate));
      return last === undefined
        ? { files }
        : { files, lastChange: { by: last.lastModifiedByName, at: last.lastModifiedDate } };
    }),
  );
}

function manifestTypes(wanted: readonly WantedApp[]): { name: string; members: string[] }[] {
  const members = new Map<string, Set<string>>();
  for (const { components, name } of wanted) {
    for (const { type, fullName } of components) {
      const names = members.get(type) ?? new Set();
      members.set(type, names.add(fullName(name)));
    }
  }
  return [...members].map(([name, names]) => ({ name, members: [...names] }));
}
