import JSZip from "jszip";
import { messagesOf } from "../messages.ts";
import type { ComponentType, MetadataFile } from "../metadata/kind.ts";
import { parseXml } from "../metadata/xmlText.ts";
import { answerInTime, hasId } from "./answerInTime.ts";
import type { TargetOrg } from "./connect.ts";
import { pollUntilDone } from "./polling.ts";

type RetrieveRequest = Parameters<TargetOrg["connection"]["metadata"]["retrieve"]>[0];

const waitMilliseconds = 10 * 60_000;

/**
 * The components of an app as the org has them, by one retrieve of the Metadata API; those that the org does not have
 * are missing from the result.
 *
 * @throws SfError where the retrieve fails, or its answer is not what a retrieve gives
 */
export async function retrieveFiles(
  org: TargetOrg,
  components: readonly ComponentType[],
  appName: string,
): Promise<MetadataFile[]> {
  const { metadata, version } = org.connection;
  const types = components.map(({ type, fullName }) => ({ name: type, members: [fullName(appName)] }));
  // The client's types want every element of a manifest; the org wants only these.
  const unpackaged = { types, version } as RetrieveRequest["unpackaged"];
  const request = { apiVersion: Number(version), singlePackage: true, unpackaged };
  const { id } = await answerInTime("retrieve", org.name, Promise.resolve(metadata.retrieve(request)), hasId);
  const result = await pollUntilDone(
    () => answerInTime("checkRetrieveStatus", org.name, metadata.checkRetrieveStatus(id), hasId),
    Date.now() + waitMilliseconds,
  );
  if (!result.success) {
    const reason = result.errorMessage ?? String(result.status);
    throw messagesOf("org").createError("retrieveFailed", [org.name, reason]);
  }
  const zip = await JSZip.loadAsync(result.zipFile, { base64: true }).catch((error: Error) => {
    throw messagesOf("org").createError("retrieveFailed", [org.name, error.message]);
  });
  const files = components.map(async (component): Promise<MetadataFile[]> => {
    const fullName = component.fullName(appName);
    // The folder before it depends on how the org packs: none for a single package, `unpackaged/` otherwise.
    const path = `${component.folder}/${fullName}.${component.suffix}`;
    const entry = zip.file(path) ?? zip.file(`unpackaged/${path}`);
    return entry === null ? [] : [{ component, fullName, content: parseXml(await entry.async("string")) }];
  });
  return (await Promise.all(files)).flat();
}
