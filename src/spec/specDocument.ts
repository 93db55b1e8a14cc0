import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseAllDocuments,
  visit,
  type YAMLParseError,
} from "yaml";
import type { Place } from "../app/place.ts";
import type { MessageText } from "../messageText.ts";
import type { Problem } from "./problem.ts";
import { withoutSecrets } from "./withoutSecrets.ts";

/** Keys and indexes from the top of a document to one of its nodes. */
export type NodePath = readonly PropertyKey[];

/** How much of a path a document holds, and where its last node stands. */
interface FoundPlace {
  /** How many keys of the path were found. */
  depth: number;
  location: Place;
}

/** A YAML document that knows where everything in it stands. */
export interface SpecDocument {
  document: Document.Parsed;
  /** Syntax problems. If there are any, the content cannot be trusted. */
  problems: Problem[];
  /**
   * The place at which the node at `path` begins, or its nearest existing parent. `key` prefers the key to the value.
   */
  place(path: NodePath, prefer?: "key" | "value"): FoundPlace;
}

/** The documents of a file. */
export interface SpecFile {
  file: string;
  documents: SpecDocument[];
  /** The text with consumer secrets and private keys made unreadable, so that it can be shown. */
  shownSource: string;
}

/**
 * How many levels deep a spec may be. It needs only a few, and without a limit a short hostile file could exhaust the
 * stack.
 */
export const deepest = 50;

/** Parses the YAML documents of a file; there is at least one. Never throws because of what the text holds. */
export function parseSpecFile(source: string, file: string): SpecFile {
  const counter = new LineCounter();
  const at = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (bracketDepth(source) > deepest) return broken(file, { id: "tooDeep", values: [deepest] });
  const parsed = parseAllDocuments(source, {
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: true,
    strict: true,
  });
  const found = Array.isArray(parsed) ? (parsed as Document.Parsed[]) : [];
  const written = found.filter((document) => isWritten(document) || document.errors.length > 0);
  if (written.length === 0) return broken(file, { id: "empty", values: [] });
  return {
    file,
    documents: written.map((document) => specDocument(document, at)),
    shownSource: withoutSecrets(source, written),
  };
}

function specDocument(document: Document.Parsed, at: (offset: number) => Place): SpecDocument {
  const start = at(document.contents?.range?.[0] ?? document.range[0]);
  const problems = document.errors.map((error): Problem => {
    return { ...syntaxText(error), location: at(error.pos[0]), path: "" };
  });
  if (problems.length === 0 && nodeDepth(document) > deepest)
    problems.push({ id: "tooDeep", values: [deepest], location: start, path: "" });
  if (problems.length === 0) {
    const offsets = offsetsOfComplexKeys(document);
    problems.push(
      ...offsets.map((offset): Problem => ({ id: "complexKey", values: [], location: at(offset), path: "" })),
    );
  }
  return {
    document,
    problems,
    place: (path, prefer = "value") => {
      const { offset, depth } = find(document, path, prefer);
      return { depth, location: at(offset) };
    },
  };
}

function syntaxText({ code, message }: YAMLParseError): MessageText<"spec"> {
  if (code === "DUPLICATE_KEY") return { id: "duplicateKey", values: [message] };
  if (code === "TAB_AS_INDENT") return { id: "tabIndent", values: [] };
  return { id: "syntax", values: [message] };
}

/**
 * Whether a document has more than a mark or a comment: `---` at the end of a file opens a document that nobody wrote.
 */
function isWritten({ contents }: Document.Parsed): boolean {
  return contents !== null && !(isScalar(contents) && contents.value === null && !contents.source);
}

function broken(file: string, text: MessageText<"spec">): SpecFile {
  const location = { file, line: 1, column: 1 };
  const problem: Problem = { ...text, location, path: "" };
  const document = parseAllDocuments("{}")[0] as Document.Parsed;
  return {
    file,
    documents: [{ document, problems: [problem], place: () => ({ depth: 0, location }) }],
    shownSource: "",
  };
}

/** How deep the text's brackets can go at most: an upper bound that needs no stack. */
function bracketDepth(source: string): number {
  let depth = 0;
  let most = 0;
  for (const character of source) {
    if (character === "[" || character === "{") most = Math.max(most, ++depth);
    else if (character === "]" || character === "}") depth = Math.max(0, depth - 1);
  }
  return most;
}

function nodeDepth(document: Document.Parsed): number {
  let most = 0;
  visit(document, (_key, _node, ancestors) => {
    most = Math.max(most, ancestors.length);
    return most > 4 * deepest ? visit.BREAK : undefined;
  });
  // Each level of a map counts twice: the pair, and the node in it.
  return most / 2;
}

/** The places of keys that are maps, lists or bytes, which plain data cannot have. */
function offsetsOfComplexKeys(document: Document.Parsed): number[] {
  const offsets: number[] = [];
  visit(document, {
    Pair: (_key, { key }) => {
      const isPlain = isScalar(key) && typeof key.value !== "object";
      const isNothing = key === null || (isScalar(key) && key.value === null);
      if (!isPlain && !isNothing) offsets.push((key as Node).range?.[0] ?? 0);
    },
  });
  return offsets;
}

function find(
  document: Document.Parsed,
  path: NodePath,
  prefer: "key" | "value",
): { offset: number; depth: number } {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, key] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    if (isMap(node)) {
      const pair = node.items.find((item) => keyText(item) === String(key));
      if (pair === undefined) return { offset, depth };
      const keyNode = pair.key as Node;
      node = pair.value as Node | null;
      const wanted = prefer === "key" || depth < path.length - 1 ? keyNode : (node ?? keyNode);
      offset = wanted.range?.[0] ?? offset;
    } else if (isSeq(node) && Number(key) < node.items.length) {
      node = (node.items[Number(key)] ?? null) as Node | null;
      offset = node?.range?.[0] ?? offset;
    } else {
      return { offset, depth };
    }
  }
  return { offset, depth: path.length };
}

function keyText(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}
