/** A place in a text file; lines and columns count from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}

/** A place as editors and terminals understand it: `file:line:column`. */
export function placeOf({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}

/** Sorts by place in the file. */
export function byPlace(a: { location: Place }, b: { location: Place }): number {
  return a.location.line - b.location.line || a.location.column - b.location.column;
}
