import { apiName, longestApiName } from "../app/apiName.ts";
import type { KindName } from "../app/desiredApp.ts";
import type { ComponentType, MetadataFile } from "./kind.ts";
import { kindNames, kinds } from "./kinds.ts";
import { elementsAt, textsAt } from "./xmlElement.ts";
import { formatXml } from "./xmlText.ts";

/** A metadata file, and where it was found. */
export interface FoundFile extends MetadataFile {
  path: string;
}

/** The files that are one app together. */
export interface FoundApp {
  kind: KindName;
  name: string;
  /** In the order of the kind's components. */
  files: FoundFile[];
}

/** Why a file cannot be a part of an app: a key of messages/connectedapp.import.md and what fills its text. */
export interface FileProblem {
  path: string;
  id:
    | "otherName"
    | "otherFullName"
    | "noApplication"
    | "noApp"
    | "twice"
    | "badName"
    | "repeated"
    | "structured";
  values: string[];
}

/** A file that is there and cannot be read. */
type UnreadableFile = Pick<FoundFile, "component" | "fullName">;

const application = "externalClientApplication";

/** The type of component that a file holds, by its name in source or metadata format, and the component's fullName. */
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

/** Tools write characters that file names cannot hold as %20 and the like. */
function percentDecoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/**
 * Puts files together to apps. A file whose name is not what the kind makes of the app's name belongs to no app, since a
 * deploy of the app would make another component beside it. An app of which a part is wrong is left out as a whole.
 */
export function appsOfFiles(
  files: readonly FoundFile[],
  unreadable: readonly UnreadableFile[],
): { apps: FoundApp[]; problems: FileProblem[] } {
  const apps = new Map<string, FoundApp & { problems: FileProblem[] }>();
  const problems: FileProblem[] = [];
  for (const file of files) {
    const kind = kindOf(file);
    const name = appNameOf(kind, file);
    if (name === "") {
      problems.push({ path: file.path, id: "noApplication", values: [application] });
      continue;
    }
    const app = apps.get(`${kind} ${name}`) ?? { kind, name, files: [], problems: [] };
    apps.set(`${kind} ${name}`, app);
    const problem = problemOf(file, app);
    if (problem !== undefined) app.problems.push(problem);
    else if (!app.files.some(({ component }) => component === file.component)) app.files.push(file);
  }
  for (const app of apps.values()) {
    const [first] = kinds[app.kind].components;
    const isMissing = first !== undefined && !app.files.some(({ component }) => component === first);
    if (isMissing && app.problems.length === 0) {
      const values = [app.name, `${first.fullName(app.name)}.${first.suffix}`];
      app.problems.push(...app.files.map(({ path }): FileProblem => ({ path, id: "noApp", values })));
    }
  }
  const isWhole = ({ kind, name, problems: own }: FoundApp & { problems: FileProblem[] }) =>
    own.length === 0 &&
    !unreadable.some(
      ({ component, fullName }) =>
        kinds[kind].components.includes(component) && component.fullName(name) === fullName,
    );
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

/** The name of the app that a file belongs to, as its first component or by the element that names the app. */
function appNameOf(kind: KindName, { component, fullName, content }: MetadataFile): string {
  if (component === kinds[kind].components[0]) return fullName;
  return textsAt(content, [application])[0]?.trim() ?? "";
}

function problemOf(file: FoundFile, { name, files }: FoundApp): FileProblem | undefined {
  const { path, component, fullName, content } = file;
  const said = textsAt(content, ["fullName"])[0]?.trim() ?? "";
  if (said !== "" && said !== fullName) return { path, id: "otherFullName", values: [said, fullName] };
  if (component.fullName(name) !== fullName)
    return { path, id: "otherName", values: [fullName, name, component.fullName(name)] };
  if (!apiName.test(name) || name.length > longestApiName) return { path, id: "badName", values: [name] };
  const same = files.find((other) => other.component === component);
  if (same !== undefined && formatXml(same.content) !== formatXml(content))
    return { path, id: "twice", values: [`${component.type} ${fullName}`, same.path] };
  return contentProblem(file);
}

/** An element that should be there once and is not, or that holds elements where it should hold text. */
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

function inOrder(app: FoundApp): FoundApp {
  const components = kinds[app.kind].components;
  const files = app.files.toSorted(
    (a, b) => components.indexOf(a.component) - components.indexOf(b.component),
  );
  return { ...app, files };
}
