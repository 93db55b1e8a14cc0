import { readFileSync } from "node:fs";
import { reasonOf } from "../../app/reasonOf.ts";
import { secretReference } from "../../app/secretReference.ts";
import { changeLockedFile } from "../../files/lockedFile.ts";
import { messagesOf } from "../../messages.ts";
import { invalidSpecs, loadOpenSpec, type ReadSpec, readSpecOf } from "../../project/readSpec.ts";
import { editSpec, type SpecEdit, SpecNotEditable } from "../../spec/edit.ts";
import { isMap, valueAt } from "../../spec/overlay.ts";
import { parseSpecFile } from "../../spec/specDocument.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { factsOf } from "../appInOrg/connectOrgOf.ts";

/** The spec as it will be once the next app is in use; its file is as it was. @throws SfError as `writeRotation`, or `InvalidSpec` */
export function nextSpec({ spec, org }: Pick<AppInOrg, "spec" | "org">): ReadSpec {
  const { file, index, environment } = spec;
  const text = edited(spec, readFileSync(file, "utf8"), nextRotation(spec));
  const { documents, shownSource } = parseSpecFile(text, file);
  const document = documents[index];
  if (document === undefined) throw new Error(file);
  const open = { file, index, document, shownSource, environments: [] };
  const result = loadOpenSpec(open, { environment, org: factsOf(org) });
  if ("problems" in result) throw invalidSpecs([{ ...open, problems: result.problems }]);
  return readSpecOf(open, result.loaded);
}

/** What `rotation` says once the next app is in use. */
export function nextRotation({ generation, app }: ReadSpec): { generation: number; former: string } {
  return { generation: generation + 1, former: app.name };
}

/**
 * Writes into the spec which app is in use, and which one works on beside it: into its environment, so that no other
 * environment changes. A consumer key in plain text is the new one's from then on. Comments and order stay.
 *
 * @throws SfError `SpecNotEditableError`; then the file is as it was
 */
export function writeRotation(
  spec: ReadSpec,
  rotation: { generation: number; former?: string },
  key?: string,
): Promise<void> {
  return changeLockedFile(spec.file, (text) => edited(spec, text, rotation, key));
}

function edited(spec: ReadSpec, source: string, rotation: object, key?: string): string {
  const { environment, written, app, file, index } = spec;
  const { key: saidKey } = app.consumer;
  const isLiteral = key !== undefined && saidKey !== undefined && !secretReference.test(saidKey);
  const own = environment === undefined ? [] : ["environments", environment];
  const set: SpecEdit["set"] =
    own.length > 0 && !isMap(valueAt(written, own))
      ? [[own, { rotation, ...(isLiteral ? { consumer: { key } } : {}) }]]
      : [
          [[...own, "rotation"], rotation],
          ...(isLiteral ? [[[...own, "consumer", "key"], key] as const] : []),
        ];
  try {
    return editSpec(source, { set }, index);
  } catch (error) {
    const reason =
      error instanceof SpecNotEditable ? messagesOf("spec").getText(error.text) : reasonOf(error);
    throw messagesOf("rotation").createError("specNotEditable", [file, reason], [JSON.stringify(rotation)]);
  }
}
