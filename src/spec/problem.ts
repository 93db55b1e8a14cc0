/** A place in a spec file; lines and columns count from 1. */
export interface Location {
  file: string;
  line: number;
  column: number;
}

/** A place as editors and terminals understand it: `file:line:column`. */
export function placeOf({ file, line, column }: Location): string {
  return `${file}:${line}:${column}`;
}

/** Sorts what stands first in a file first. */
export function byPlace(a: { location: Location }, b: { location: Location }): number {
  return a.location.line - b.location.line || a.location.column - b.location.column;
}

/** Something that is wrong in a spec. `id` names its text in messages/spec.md, `values` fill that text. */
export interface Problem {
  id: string;
  values: string[];
  location: Location;
  /** Path in the spec, such as `oauth.clientCredentials.runAs`; empty for the whole file. */
  path: string;
  /** What the user may have meant. */
  suggestion?: string;
}
