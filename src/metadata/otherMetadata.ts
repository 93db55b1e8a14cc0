import type { SettingPath } from "../app/settings.ts";
import { elementPath } from "./fields.ts";
import type { Kind, MetadataFile } from "./kind.ts";
import { element, type XmlElement } from "./xmlElement.ts";
import { formatFragment, parseFragment } from "./xmlText.ts";

/** The setting that holds the XML of a component for which there is no setting. */
export function otherMetadataPath(component: string): OtherMetadataPath {
  return `otherMetadata.${component}` as OtherMetadataPath;
}

type OtherMetadataPath = Extract<SettingPath, `otherMetadata.${string}`>;

/** The XML of a component that no setting stands for, in canonical form; empty if there is none. */
export function otherMetadataOf(kind: Kind, component: string, content: XmlElement): string {
  return formatFragment(split(content, knownPaths(kind, component)).other);
}

/** The elements of an app's files for which there is no setting, as paths such as `oauthConfig/isNew`, each once. */
export function unknownElements(kind: Kind, files: readonly MetadataFile[]): string[] {
  const paths = files.flatMap(({ component: { type }, content }) =>
    split(content, knownPaths(kind, type)).other.flatMap((found) => leavesOf(found, found.name)),
  );
  return [...new Set(paths)];
}

function leavesOf({ children }: XmlElement, path: string): string[] {
  if (children.length === 0) return [path];
  return children.flatMap((child) => leavesOf(child, `${path}/${child.name}`));
}

/** A copy of the content in which the given XML replaces everything for which there is no setting. */
export function withOtherMetadata(
  kind: Kind,
  component: string,
  content: XmlElement,
  fragment: string,
): XmlElement {
  const known = knownPaths(kind, component);
  return merged(split(content, known).known, parseFragment(fragment), [], known);
}

/** What is wrong with XML that should hold unknown elements only. */
export interface FragmentProblem {
  id: "knownElement" | "neverElement" | "repeatedContainer";
  /** Path of the element, such as `oauthConfig/scopes`. */
  element: string;
  /** The setting to use instead. */
  setting?: SettingPath;
}

/** Elements in a fragment for which there are settings, or which may not be written at all. */
export function fragmentProblems(kind: Kind, component: string, fragment: string): FragmentProblem[] {
  if (fragment === "") return [];
  const root = element(component, "", parseFragment(fragment));
  return problemsIn(root, [], knownPaths(kind, component)).map((problem) => {
    if (problem.id === "repeatedContainer") return problem;
    const field = kind.fields.find(
      ({ component: own, elements }) =>
        own === component && elements.some((path) => path.join("/") === problem.element),
    );
    return field === undefined ? { ...problem, id: "neverElement" } : { ...problem, setting: field.setting };
  });
}

function problemsIn(parent: XmlElement, path: readonly string[], known: KnownPaths): FragmentProblem[] {
  const seen = new Set<string>();
  return parent.children.flatMap((child): FragmentProblem[] => {
    const name = [...path, child.name].join("/");
    if (known.elements.has(name)) return [{ id: "knownElement", element: name }];
    if (!known.containers.has(name)) return [];
    if (seen.has(name)) return [{ id: "repeatedContainer", element: name }];
    seen.add(name);
    return problemsIn(child, [...path, child.name], known);
  });
}

interface KnownPaths {
  /** Elements for which there is a setting or another use. */
  elements: ReadonlySet<string>;
  /** Elements that hold such elements. */
  containers: ReadonlySet<string>;
}

const knownPathsOf = new Map<string, KnownPaths>();

function knownPaths(kind: Kind, component: string): KnownPaths {
  const key = `${kind.name}/${component}`;
  const known = knownPathsOf.get(key) ?? newKnownPaths(kind, component);
  knownPathsOf.set(key, known);
  return known;
}

function newKnownPaths({ components, fields, neverSettings, consumer }: Kind, component: string): KnownPaths {
  const ofComponent = <Item extends { component: string }>(items: readonly Item[]) =>
    items.filter((item) => item.component === component);
  const paths = [
    ...ofComponent(fields).flatMap((field) => ("isPresence" in field ? [] : field.elements)),
    ...components.flatMap(({ type, appElement }) =>
      type === component && appElement !== undefined ? [[appElement]] : [],
    ),
    ...ofComponent(neverSettings).map(({ element }) => elementPath(element)),
    ...(consumer.component === component ? [consumer.key, consumer.secret].map(elementPath) : []),
  ];
  return {
    elements: new Set(paths.map((path) => path.join("/"))),
    containers: new Set(
      paths.flatMap((path) => path.slice(1).map((_, end) => path.slice(0, end + 1).join("/"))),
    ),
  };
}

/** The content in two: what is known, and the other elements within the same containers. */
function split(
  content: XmlElement,
  paths: KnownPaths,
  parent = "",
): { known: XmlElement; other: XmlElement[] } {
  const known: XmlElement[] = [];
  const other: XmlElement[] = [];
  for (const child of content.children) {
    const path = parent === "" ? child.name : `${parent}/${child.name}`;
    if (paths.elements.has(path)) known.push(child);
    else if (paths.containers.has(path)) {
      const inner = split(child, paths, path);
      if (inner.known.children.length > 0) known.push(inner.known);
      if (inner.other.length > 0) other.push({ ...child, children: inner.other });
    } else other.push(child);
  }
  return { known: { ...content, children: known }, other };
}

function merged(
  base: XmlElement,
  added: readonly XmlElement[],
  path: readonly string[],
  known: KnownPaths,
): XmlElement {
  const children = [...base.children];
  for (const child of added) {
    const inner = [...path, child.name];
    const index = children.findIndex(({ name }) => name === child.name);
    const existing = children[index];
    if (existing === undefined || !known.containers.has(inner.join("/"))) children.push(child);
    else children[index] = merged(existing, child.children, inner, known);
  }
  return { ...base, children };
}
