import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { readApp } from "../../metadata/read.ts";
import type { TargetOrg } from "../../org/connect.ts";
import { kindInOrg } from "../../org/noSuchApp.ts";
import { retrieveFiles } from "../../org/retrieve.ts";
import { invalidSpecs, type ReadSpec, readSpecOf } from "../../project/readSpec.ts";
import { SfError } from "../../sfError.ts";
import { loadSpec } from "../../spec/load.ts";
import { parseSpecFile } from "../../spec/specDocument.ts";
import { writeSpec } from "../../spec/write.ts";

/**
 * A spec that says what an external client app of the org is now, for an app that has no spec of its own.
 *
 * @throws SfError `NoSuchAppError`, `NameOfConnectedAppError`, or `InvalidSpec` if no spec can say what the app is
 */
export async function specOfName(org: TargetOrg, name: string): Promise<ReadSpec> {
  const files = await retrieveFiles(org, kinds.ExternalClientApp.components, name);
  if (files.length === 0) throw await whyNone(org, name);
  const { settings } = readApp("ExternalClientApp", files);
  const { documents, shownSource } = parseSpecFile(writeSpec("ExternalClientApp", name, settings), "");
  const [document] = documents;
  if (document === undefined) throw new Error("A written spec is one document.");
  const open = { file: "", index: 0, document, shownSource, environments: [] };
  const result = loadSpec(document, {});
  if ("problems" in result) throw invalidSpecs([{ ...open, problems: result.problems }]);
  return readSpecOf(open, result.loaded);
}

async function whyNone(org: TargetOrg, name: string): Promise<SfError> {
  const kind = await kindInOrg(org, name);
  if (kind instanceof SfError) return kind;
  const { createError } = messagesOf("rotation");
  const about = [name, org.name] as const;
  return kind === "ConnectedApp"
    ? createError("nameOfConnectedApp", about, about)
    : createError("appUnreadable", about, about);
}
