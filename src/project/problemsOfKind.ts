import { namespaceOf } from "../app/apiName.ts";
import type { SettingPath } from "../app/settings.ts";
import type { MessageText } from "../messageText.ts";
import { kinds } from "../metadata/kinds.ts";
import { type FragmentProblem, fragmentProblems, otherMetadataPath } from "../metadata/otherMetadata.ts";
import { isOfPackage } from "../metadata/packagedApp.ts";
import type { LoadedSpec } from "../spec/load.ts";
import type { Problem } from "../spec/problem.ts";
import { resolve } from "../spec/resolve.ts";

/** Apps without such problems. Environments that differ only by their org share one. */
const sound = new WeakSet<LoadedSpec["app"]>();

/** What a valid spec says that its kind of app cannot have: it would be lost, or interfere with something else. */
export function problemsOfKind(loaded: LoadedSpec): Problem[] {
  if (sound.has(loaded.app)) return [];
  const problems = allProblemsOfKind(loaded);
  if (problems.length === 0) sound.add(loaded.app);
  return problems;
}

function allProblemsOfKind({ app: spec, locate }: LoadedSpec): Problem[] {
  const kind = kinds[spec.kind];
  const { settings } = resolve(spec);
  const problem = (path: string, text: MessageText<"spec">): Problem => ({
    ...text,
    location: locate(path),
    path,
  });
  const others = kind.components.map(({ type }) => ({ type, path: otherMetadataPath(type) }));
  const known = new Set<SettingPath>([
    ...kind.fields.map(({ setting }) => setting),
    ...kind.setupOnly,
    ...others.map(({ path }) => path),
  ]);
  const unknown = (Object.keys(settings) as SettingPath[])
    .filter((path) => !known.has(path))
    .map((path) => problem(path, { id: "notOfKind", values: [path, spec.kind] }));
  const unwritable = kind.fields.flatMap((field) => {
    const value = settings[field.setting];
    const only = "codec" in field ? field.codec.only : undefined;
    if (value === undefined || only === undefined || only.includes(String(value))) return [];
    const values = [field.setting, JSON.stringify(value), only.join(", ")] as const;
    return [problem(field.setting, { id: "wrongValue", values })];
  });
  const misplaced = others.flatMap(({ type, path }) =>
    fragmentProblems(kind, type, settings[path] ?? "").map((found) =>
      problem(path, fragmentText(path, found)),
    ),
  );
  const ofPackage = (Object.keys(settings) as SettingPath[])
    .filter((path) => known.has(path) && isOfPackage(spec, path))
    .map((path) =>
      problem(path, { id: "ofPackage", values: [path, spec.name, namespaceOf(spec.name) ?? ""] }),
    );
  return [...unknown, ...ofPackage, ...unwritable, ...misplaced];
}

function fragmentText(path: string, { id, element, setting }: FragmentProblem): MessageText<"spec"> {
  return id === "knownElement"
    ? { id, values: [path, element, setting ?? ""] }
    : { id, values: [path, element] };
}
