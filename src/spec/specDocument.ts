import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  visit,
} from "yaml";
import type { Location, Problem } from "./problem.ts";

/** Keys and indexes from the top of a document to one of its nodes. */
export type NodePath = readonly PropertyKey[];

/** A YAML document that knows where everything in it stands. */
export interface SpecDocument {
  document: Document.Parsed;
  /** Syntax problems; where there are any, the content is not to be trusted. */
  problems: Problem[];
  /** Where the node at `path` begins, or its nearest parent that exists; `key` prefers the key to the value. */
  locate(path: NodePath, prefer?: "key" | "value"): Location;
  locateOffset(offset: number): Location;
  /** The text with a consumer secret in plain text made unreadable: fit to be shown. */
  shownSource: string;
}

// A spec needs a few levels; without a limit, a short hostile file exhausts the stack.
const deepest = 50;

/** Parses one YAML document; never throws for what the text holds. */
export function parseSpecDocument(source: string, file: string): SpecDocument {
  const counter = new LineCounter();
  const at = (offset: number): Location => {
    const { line, col } = counter.linePos(offset);
    return { file, line: Math.max(line, 1), column: Math.max(col, 1) };
  };
  if (bracketDepth(source) > deepest) return broken(file, "tooDeep", [String(deepest)]);
  const document = parseDocument(source, {
    lineCounter: counter,
    prettyErrors: false,
    uniqueKeys: true,
    strict: true,
  });
  const problems = document.errors.map((error): Problem => {
    const known = {
      DUPLICATE_KEY: "duplicateKey",
      MULTIPLE_DOCS: "severalDocuments",
      TAB_AS_INDENT: "tabIndent",
    };
    const id = known[error.code as keyof typeof known] ?? "syntax";
    return { id, values: [error.message], location: at(error.pos[0]), path: "" };
  });
  if (problems.length === 0 && nodeDepth(document) > deepest)
    return broken(file, "tooDeep", [String(deepest)]);
  return {
    document,
    problems,
    locate: (path, prefer = "value") => at(offsetOf(document, path, prefer)),
    locateOffset: at,
    shownSource: withoutSecrets(source, document),
  };
}

function broken(file: string, id: string, values: string[]): SpecDocument {
  const location = { file, line: 1, column: 1 };
  const problem: Problem = { id, values, location, path: "" };
  return {
    document: parseDocument(""),
    problems: [problem],
    locate: () => location,
    locateOffset: () => location,
    shownSource: "",
  };
}

/** Hides what stands as a secret, by its place in the document and, where the YAML is broken, by its line. */
function withoutSecrets(source: string, document: Document.Parsed): string {
  const hidden = source.replace(
    /(secret["']?\s*:\s*)(?!\s*["']?\$\{)(\S.*)/gi,
    (_, key, value) => key + stars(value),
  );
  const node = document.getIn(["consumer", "secret"], true);
  const range = isScalar(node) && !/^\$\{/.test(String(node.value)) ? node.range : undefined;
  if (!range) return hidden;
  return hidden.slice(0, range[0]) + stars(hidden.slice(range[0], range[1])) + hidden.slice(range[1]);
}

function stars(value: string): string {
  return value.replace(/\S/g, "*");
}

/** How deep the text's brackets go at most: an upper bound that costs no stack. */
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

function offsetOf(document: Document.Parsed, path: NodePath, prefer: "key" | "value"): number {
  let node: Node | null = document.contents;
  let offset = node?.range?.[0] ?? 0;
  for (const [depth, key] of path.entries()) {
    if (isAlias(node)) node = node.resolve(document) ?? null;
    if (isMap(node)) {
      const pair = node.items.find((item) => keyText(item) === String(key));
      if (pair === undefined) return offset;
      const keyNode = pair.key as Node;
      node = pair.value as Node | null;
      const wanted = prefer === "key" || depth < path.length - 1 ? keyNode : (node ?? keyNode);
      offset = wanted.range?.[0] ?? offset;
    } else if (isSeq(node)) {
      node = (node.items[Number(key)] ?? null) as Node | null;
      offset = node?.range?.[0] ?? offset;
    } else {
      return offset;
    }
  }
  return offset;
}

function keyText(pair: Pair): string {
  return isScalar(pair.key) ? String(pair.key.value) : "";
}
