import { apiName, longestApiName, namespaceOf } from "../app/apiName.ts";
import type { KindName } from "../app/desiredApp.ts";
import type { MessageText } from "../messageText.ts";
import { appNameOf } from "./componentNames.ts";
import type { ComponentType, MetadataFile } from "./kind.ts";
import { kindNames, kinds } from "./kinds.ts";
import { comparedComponents } from "./packagedApp.ts";
import { elementsAt, textsAt } from "./xmlElement.ts";
import { formatXml } from "./xmlText.ts";

/** A metadata file, and where it was found. */
export interface FoundFile extends MetadataFile {
  path: string;
}

/** The files that together are one app. */
export interface FoundApp {
  kind: KindName;
  name: string;
  /** In the order of the kind's components. */
  files: FoundFile[];
}

/** Why a file cannot be a part of an app. */
export type FileProblem = { path: string } & MessageText<
  "connectedapp.import",
  | "secondPart"
  | "otherFullName"
  | "noApplication"
  | "noApp"
  | "noPolicies"
  | "twice"
  | "badName"
  | "repeated"
  | "structured"
>;

/** A file that exists but cannot be read. */
type UnreadableFile = Pick<FoundFile, "component" | "fullName">;

/**
 * The type of component that a file holds, by the file's name in source or metadata format, and the component's
 * fullName.
 */
export function componentOfFile(
  fileName: string,
): { kind: KindName; component: ComponentType; fullName: string } | undefined {
  for (const kind of kindNames) {
    for (const component of kinds[kind].components) {
      const ending = [`.${component.suffix}-meta.xml`, `.${component.suffix}`].find((end) =>
        fileName.endsWith(end),
      );
      if (ending !== undefined)
        return { kind, component, fullName: percentDecoded(fileName.slice(0, -ending.length)) };
    }
  }
  return undefined;
}

/** If a file name cannot hold a character, tools write it as %20 and the like. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Groups files into apps. A part belongs to the app that it names, whatever its own name is. An app has one part of
 * each type. If a part is wrong, the whole app is left out.
 */
export function appsOfFiles(
  files: readonly FoundFile[],
  unreadable: readonly UnreadableFile[],
): { apps: FoundApp[]; problems: FileProblem[] } {
  const apps = new Map<string, FoundApp & { problems: FileProblem[] }>();
  const problems: FileProblem[] = [];
  for (const file of files) {
    const kind = kindOf(file);
    const name = appNameOf(file);
    if (name === "") {
      const { appElement = "" } = file.component;
      problems.push({ path: file.path, id: "noApplication", values: [appElement] });
      continue;
    }
    const app = apps.get(`${kind} ${name}`) ?? { kind, name, files: [], problems: [] };
    apps.set(`${kind} ${name}`, app);
    const problem = problemOf(file, app);
    if (problem !== undefined) app.problems.push(problem);
    else if (!app.files.some(({ component }) => component === file.component)) app.files.push(file);
  }
  for (const app of apps.values()) if (app.problems.length === 0) app.problems.push(...lackOf(app));
  const isWhole = (app: FoundApp & { problems: FileProblem[] }) =>
    app.problems.length === 0 && !unreadable.some((file) => mayBelongTo(app, file));
  return {
    apps: [...apps.values()].filter(isWhole).map(({ problems: _none, ...app }) => inOrder(app)),
    problems: [...problems, ...[...apps.values()].flatMap((app) => app.problems)],
  };
}

function kindOf({ component }: MetadataFile): KindName {
  const kind = kindNames.find((name) => kinds[name].components.includes(component));
  if (kind === undefined) throw new Error(`${component.type} belongs to no kind.`);
  return kind;
}

/**
 * Each file of an app that lacks what its spec is about: the application or, if that comes from a package, the
 * policies.
 */
function lackOf({ kind, name, files }: FoundApp): FileProblem[] {
  const [first] = kinds[kind].components;
  const namespace = namespaceOf(name);
  const needed = namespace === undefined ? [first] : comparedComponents({ kind, name });
  if (first === undefined || files.some(({ component }) => needed.includes(component))) return [];
  return files.map(
    ({ path }): FileProblem =>
      namespace === undefined
        ? { path, id: "noApp", values: [name, `${name}.${first.suffix}`] }
        : { path, id: "noPolicies", values: [name, namespace] },
  );
}

/**
 * Whether an unreadable file is a part of the app, as far as its name tells: all tools begin it with the app's name.
 */
function mayBelongTo({ kind, name, files }: FoundApp, { component, fullName }: UnreadableFile): boolean {
  if (!kinds[kind].components.includes(component)) return false;
  if (component.appElement === undefined) return fullName === name;
  return fullName.startsWith(name) && !files.some((file) => file.component === component);
}

function problemOf(file: FoundFile, { name, files }: FoundApp): FileProblem | undefined {
  const { path, component, fullName, content } = file;
  const said = textsAt(content, ["fullName"])[0]?.trim() ?? "";
  if (said !== "" && said !== fullName) return { path, id: "otherFullName", values: [said, fullName] };
  if (!apiName.test(name) || name.length > longestApiName) return { path, id: "badName", values: [name] };
  const same = files.find((other) => other.component === component);
  if (same !== undefined && same.fullName !== fullName)
    return { path, id: "secondPart", values: [name, component.type, same.fullName, same.path] };
  if (same !== undefined && formatXml(same.content) !== formatXml(content))
    return { path, id: "twice", values: [`${component.type} ${fullName}`, same.path] };
  return contentProblem(file);
}

/** An element that should be there once but is repeated, or that holds elements instead of text. */
function contentProblem({ path, component, content }: FoundFile): FileProblem | undefined {
  const fields = Object.values(kinds)
    .flatMap(({ fields: all }) => all)
    .filter((field) => field.component === component.type && "codec" in field);
  for (const field of fields) {
    for (const elementPath of field.elements) {
      const containers = elementPath.slice(0, -1).map((_, end) => elementPath.slice(0, end + 1));
      const repeated = [
        ...containers,
        ...("codec" in field && field.codec.isRepeated ? [] : [elementPath]),
      ].find((single) => elementsAt(content, single).length > 1);
      if (repeated !== undefined) return { path, id: "repeated", values: [repeated.join("/")] };
      if (elementsAt(content, elementPath).some(({ children }) => children.length > 0))
        return { path, id: "structured", values: [elementPath.join("/")] };
    }
  }
  return undefined;
}

/** The app with the files that its spec is about, in the order of the components. */
function inOrder(app: FoundApp): FoundApp {
  const files = comparedComponents(app).flatMap((component) =>
    app.files.filter((file) => file.component === component),
  );
  return { ...app, files };
}
