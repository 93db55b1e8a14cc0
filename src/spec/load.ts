import { replaceEnvironmentVariables } from "./environmentVariables.ts";
import { problemsOf } from "./issues.ts";
import { knownKeys } from "./knownKeys.ts";
import type { Location, Problem } from "./problem.ts";
import { type AppSpec, specSchema } from "./schema.ts";
import { parseSpecDocument } from "./specDocument.ts";

/** A spec that has no problems, and where each of its paths stands. */
export interface LoadedSpec {
  spec: AppSpec;
  /** Where a path such as `oauth.clientCredentials.runAs` stands, or its nearest parent that the spec holds. */
  locate(path: string): Location;
}

/** Either the spec, or all of its problems in the order of the file. */
export type LoadResult = { loaded: LoadedSpec } | { problems: Problem[]; shownSource: string };

/**
 * Reads a spec: YAML, environment variables, schema. Pure; never throws for what the text holds.
 *
 * @param source the file's text
 * @param file the name for locations
 * @param environment values for `${env:NAME}`
 */
export function loadSpec(
  source: string,
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): LoadResult {
  const parsed = parseSpecDocument(source, file);
  const { shownSource } = parsed;
  const problem = (id: string, values: string[]): LoadResult => ({
    problems: [{ id, values, location: { file, line: 1, column: 1 }, path: "" }],
    shownSource,
  });
  if (parsed.problems.length > 0) return { problems: parsed.problems, shownSource };
  if (parsed.document.contents === null) return problem("empty", []);
  const unset = replaceEnvironmentVariables(parsed.document, environment, parsed.locateOffset);
  if (unset.length > 0) return { problems: unset, shownSource };
  let content: unknown;
  try {
    content = parsed.document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    return problem("alias", [error instanceof Error ? error.message : String(error)]);
  }
  const result = specSchema.safeParse(content);
  if (!result.success) {
    const problems = problemsOf(result.error.issues, parsed, knownKeys);
    problems.sort((a, b) => a.location.line - b.location.line || a.location.column - b.location.column);
    return { problems, shownSource };
  }
  return { loaded: { spec: result.data, locate: (path) => parsed.locate(path.split("."), "key") } };
}
