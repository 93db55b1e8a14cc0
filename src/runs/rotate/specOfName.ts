import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { readApp } from "../../metadata/read.ts";
import type { TargetOrg } from "../../org/connect.ts";
import { retrieveFiles } from "../../org/retrieve.ts";
import { type ReadSpec, readSpecOf } from "../../project/readSpec.ts";
import { loadSpec } from "../../spec/load.ts";
import { parseSpecFile } from "../../spec/specDocument.ts";
import { writeSpec } from "../../spec/write.ts";

/**
 * A spec that says what an external client app of the org is now, for an app that has no spec of its own.
 *
 * @throws SfError `AppMissingError`
 */
export async function specOfName(org: TargetOrg, name: string): Promise<ReadSpec> {
  const files = await retrieveFiles(org, kinds.ExternalClientApp.components, name);
  const { settings } = readApp("ExternalClientApp", files);
  const { documents, shownSource } = parseSpecFile(writeSpec("ExternalClientApp", name, settings), "");
  const [document] = documents;
  const result = document === undefined ? { problems: [] } : loadSpec(document, {});
  if (files.length === 0 || document === undefined || "problems" in result)
    throw messagesOf("rotation").createError("appMissing", [name, org.name]);
  return readSpecOf({ file: "", index: 0, document, shownSource, environments: [] }, result.loaded);
}
