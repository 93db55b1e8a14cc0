import { refusesOwnKey } from "../../metadata/failures.ts";
import type { MetadataFile } from "../../metadata/kind.ts";
import { kinds } from "../../metadata/kinds.ts";
import { element, withTexts } from "../../metadata/xmlElement.ts";
import {
  type DeployOutcome,
  type DeployRequest,
  deleteComponents,
  deployFiles,
} from "../../org/deployFiles.ts";
import type { AppInOrg } from "../appInOrg.ts";

/**
 * Puts an app back as it was before a deploy: its former metadata or, where there was no such app, none. What no
 * metadata holds (the timeout in Setup, a key that the org made) is not touched.
 */
export async function restoreApp(app: AppInOrg, request: DeployRequest): Promise<DeployOutcome> {
  const { org, desired, reading } = app;
  const { components, consumer } = kinds[desired.kind];
  if (reading.actual === undefined) {
    const names = components.map(({ type, fullName }) => ({ type, fullName: fullName(desired.name) }));
    // The application takes its other components with it.
    return deleteComponents(org, names.slice(0, 1), request);
  }
  const outcome = await deployFiles(org, reading.files, request);
  if (!outcome.failures.some(({ problem }) => refusesOwnKey(problem))) return outcome;
  const withoutKey = (file: MetadataFile): MetadataFile =>
    file.component.type === consumer.component
      ? { ...file, content: withTexts(file.content ?? element(""), consumer.key.split("/"), []) }
      : file;
  return deployFiles(org, reading.files.map(withoutKey), request);
}
