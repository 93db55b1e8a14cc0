import { type LoadChoice, type LoadResult, loadSpec } from "../../../src/spec/load.ts";
import { parseSpecFile } from "../../../src/spec/specDocument.ts";

/** Loads a file's only spec, or its first, from text; the source is given back as it may be shown. */
export function loadText(
  source: string,
  file: string,
  variables: Record<string, string>,
  choice: LoadChoice = {},
): LoadResult & { shownSource: string } {
  const { documents, shownSource } = parseSpecFile(source, file);
  const [document] = documents;
  if (document === undefined) throw new Error("A file has at least one document.");
  return { ...loadSpec(document, variables, choice), shownSource };
}
