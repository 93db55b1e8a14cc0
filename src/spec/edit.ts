import {
  type Document,
  isAlias,
  isCollection,
  isScalar,
  isSeq,
  type Node,
  parseAllDocuments,
  parseDocument,
  Scalar,
  stringify,
  visit,
} from "yaml";
import type { MessageText } from "../messageText.ts";

/** Why an edit cannot be made. */
export class SpecNotEditable extends Error {
  readonly text: MessageText<"spec">;

  constructor(text: MessageText<"spec">) {
    super(text.id);
    this.name = "SpecNotEditable";
    this.text = text;
  }
}

/** What an edit changes in a spec: keys that get another value, paths that are removed, comment lines at the end. */
export interface SpecEdit {
  /** Each path with its new value, as plain data. */
  set?: readonly (readonly [path: readonly string[], value: unknown])[];
  remove?: readonly (readonly string[])[];
  remarks?: readonly string[];
}

/**
 * The text of a spec file with one of its documents changed. Comments, order, line ends and a byte order mark stay. If
 * an existing value is replaced by one of the same form, every other byte stays too.
 *
 * @param index which document of the file, from 0
 * @throws SpecNotEditable if a path leads through an alias, or through an anchor that has aliases: the edit would also
 *   change the other places
 */
export function editSpec(source: string, edit: SpecEdit, index = 0): string {
  const [start, end] = partOf(source, index);
  const part = source.slice(start, end);
  let whole = part;
  const rest: [readonly string[], unknown][] = [];
  for (const [path, value] of edit.set ?? []) {
    const spliced = splice(whole, path, value);
    if (spliced === undefined) rest.push([path, value]);
    else whole = spliced;
  }
  const { remove = [], remarks = [] } = edit;
  if (rest.length + remove.length + remarks.length > 0)
    whole = rewrite(whole, { set: rest, remove, remarks });
  return source.slice(0, start) + whole + source.slice(end);
}

/** Start and end of a document, with all comments before it. */
function partOf(source: string, index: number): [number, number] {
  const parsed = parseAllDocuments(source);
  const documents = Array.isArray(parsed) ? (parsed as Document.Parsed[]) : [];
  const mark = source.startsWith("\uFEFF") ? 1 : 0;
  const start = index === 0 ? mark : (documents[index - 1]?.range[2] ?? 0);
  return [
    start,
    index >= documents.length - 1 ? source.length : (documents[index]?.range[2] ?? source.length),
  ];
}

/** The text with only one value replaced; undefined if the value is missing, or has another form. */
function splice(source: string, path: readonly string[], value: unknown): string | undefined {
  const node = nodeAt(parseDocument(source), path);
  if (!node?.range) return undefined;
  const [from, to] = node.range;
  const put = (text: string) => source.slice(0, from) + text + source.slice(to);
  if (isSeq(node) && node.flow && Array.isArray(value))
    return put(
      stringify(value, { collectionStyle: "flow", flowCollectionPadding: false, lineWidth: 0 }).trimEnd(),
    );
  const isLine = isScalar(node) && !/^BLOCK/.test(node.type ?? "") && !source.slice(from, to).includes("\n");
  if (!isLine || typeof value === "object") return undefined;
  const scalar = new Scalar(value);
  if (typeof value === "string" && node.type !== undefined) scalar.type = node.type;
  const text = stringify(scalar, { lineWidth: 0 }).trimEnd();
  return text.includes("\n") ? undefined : put(text);
}

function rewrite(source: string, { set = [], remove = [], remarks = [] }: SpecEdit): string {
  const lineEnd = source.includes("\r\n") ? "\r\n" : "\n";
  const document = parseDocument(source.replaceAll("\r\n", "\n"));
  for (const [path, value] of set) {
    nodeAt(document, path);
    document.setIn(path, document.createNode(value));
  }
  for (const path of remove) if (nodeAt(document, path) !== undefined) document.deleteIn(path);
  if (remarks.length > 0) {
    const former = document.comment ? `${document.comment}\n` : "";
    document.comment = former + remarks.map((line) => ` ${line}`).join("\n");
  }
  const text = document.toString({
    lineWidth: 0,
    flowCollectionPadding: /[[{] \S/.test(source),
    indent: /^( +)[^\s#-]/m.exec(source)?.[1]?.length ?? 2,
    indentSeq: !/^( *)[^\s#-][^\n]*:[ \t]*(#[^\n]*)?\r?\n\1- /m.test(source),
  });
  return lineEnd === "\n" ? text : text.replaceAll("\n", lineEnd);
}

/**
 * The node at a path; undefined if there is none.
 *
 * @throws SpecNotEditable
 */
function nodeAt(document: Document, path: readonly string[]): Node | undefined {
  const dotted = path.join(".");
  let node: unknown = document.contents;
  for (const key of path) {
    if (isAlias(node)) throw new SpecNotEditable({ id: "aliasInWay", values: [node.source, dotted] });
    if (!isCollection(node)) return undefined;
    node = node.get(key, true);
    const anchor = isCollection(node) || isScalar(node) ? node.anchor : undefined;
    if (anchor !== undefined && isTaken(document, anchor))
      throw new SpecNotEditable({ id: "anchorInWay", values: [anchor, dotted] });
  }
  if (isAlias(node)) throw new SpecNotEditable({ id: "aliasAt", values: [node.source, dotted] });
  return (node as Node | undefined) ?? undefined;
}

/** Whether other places of the document take what stands at an anchor. */
function isTaken(document: Document, anchor: string): boolean {
  let isTaken = false;
  visit(document, {
    Alias: (_key, { source }) => {
      isTaken ||= source === anchor;
    },
  });
  return isTaken;
}
