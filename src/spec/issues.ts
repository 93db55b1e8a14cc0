import type { z } from "zod";
import { nearest } from "../app/nearest.ts";
import type { Place } from "../app/place.ts";
import type { KeyPart, MessageText } from "../messageText.ts";
import { isMap, valueAt } from "./overlay.ts";
import type { Problem } from "./problem.ts";
import type { ValueProblem } from "./schema/valueProblem.ts";
import type { NodePath } from "./specDocument.ts";

type Issue = z.core.$ZodIssue;

/** Each key that a spec may hold, by the path of the map that holds it. */
export type KnownKeys = ReadonlyMap<string, readonly string[]>;

/** What the schema checked, and where each part of it stands. */
export interface CheckedContent {
  content: unknown;
  locate(path: NodePath, prefer?: "key" | "value"): Place;
}

/** The problems behind what the schema found, each with its location and, if a known word is near, a suggestion. */
export function problemsOf(issues: readonly Issue[], checked: CheckedContent, known: KnownKeys): Problem[] {
  return issues.flatMap((issue) => problemOf(issue, [], checked, known));
}

function problemOf(issue: Issue, parent: NodePath, checked: CheckedContent, known: KnownKeys): Problem[] {
  const path = [...parent, ...issue.path];
  const dotted = dottedPath(path);
  const what: string | MessageText<"spec"> = dotted || { id: "theSpec", values: [] };
  const problem = (text: MessageText<"spec">, suggestion?: string): Problem => ({
    ...text,
    location: checked.locate(path),
    path: dotted,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
  // Zod passes on as the message what the schemas gave it with `valueProblem`.
  const wrong = (message: string, value: string | MessageText<"spec">) =>
    problem({ id: message, values: [what, value] } as MessageText<"spec", ValueProblem>);
  if (issue.code === "invalid_union") {
    return likeliestBranch(issue.errors).flatMap((inner) => problemOf(inner, path, checked, known));
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey(key, path, checked, known));
  }
  if (issue.code === "invalid_key") {
    const key = shown(path.at(-1));
    return issue.issues.map(({ message }) => ({
      ...wrong(message, key),
      location: checked.locate(path, "key"),
    }));
  }
  const found = valueAt(checked.content, path);
  if (found === undefined) return [problem({ id: "missing", values: [what] })];
  if (issue.code === "invalid_type") {
    return [problem({ id: "wrongType", values: [what, nameOfType(issue.expected), typeOf(found)] })];
  }
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    const suggestion = nearest(String(found), values);
    if (suggestion !== undefined)
      return [problem({ id: "wrongWord", values: [what, shown(found)] }, suggestion)];
    return [problem({ id: "wrongValue", values: [what, shown(found), values.join(", ")] })];
  }
  if (issue.code === "too_small" || issue.code === "too_big") {
    return [problem(sizeText(issue, what, found))];
  }
  // A check of our own can say what it found in its own words.
  const ownWords: MessageText<"spec"> | undefined = issue.code === "custom" ? issue.params?.found : undefined;
  return [wrong(issue.message, ownWords ?? shown(found))];
}

function unknownKey(key: string, path: NodePath, checked: CheckedContent, known: KnownKeys): Problem {
  const at = dottedPath(path);
  const full = at === "" ? key : `${at}.${key}`;
  const here = nearest(key, known.get(at) ?? []);
  const elsewhere = [...known].find(([, keys]) => keys.includes(key))?.[0];
  const moved = elsewhere === undefined ? undefined : elsewhere === "" ? key : `${elsewhere}.${key}`;
  const suggestion = here ?? moved;
  return {
    id: key === "<<" ? "mergeKey" : "unknownKey",
    values: [full],
    location: checked.locate([...path, key], "key"),
    path: full,
    ...(suggestion === undefined ? {} : { suggestion }),
  };
}

/** A path as people write it, such as `oauth.scopes[1]`. */
export function dottedPath(path: NodePath): string {
  return path
    .map((key) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`))
    .join("")
    .replace(/^\./, "");
}

/**
 * Of the several forms that a value may have, the one that fits best: with the fewest wrong types, then not a word
 * that it is not, then with the fewest problems.
 */
function likeliestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const misfit = (issues: readonly Issue[]) =>
    issues.filter((issue) => issue.path.length === 0 && issue.code === "invalid_type").length * 100 +
    issues.filter((issue) => issue.path.length === 0 && issue.code === "invalid_value").length * 50 +
    issues.filter((issue) => issue.code === "unrecognized_keys").length * 10 +
    issues.length;
  return [...branches].sort((a, b) => misfit(a) - misfit(b))[0] ?? [];
}

function sizeText(
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
  what: string | MessageText<"spec">,
  found: unknown,
): MessageText<"spec"> {
  const limit = String(issue.code === "too_small" ? issue.minimum : issue.maximum);
  const form = Array.isArray(found) ? "list" : typeof found === "number" ? "number" : "text";
  if (issue.code === "too_big") return { id: `tooBig.${form}`, values: [what, limit] };
  return form === "text"
    ? { id: "tooSmall.text", values: [what] }
    : { id: `tooSmall.${form}`, values: [what, limit] };
}

function typeOf(value: unknown): MessageText<"spec"> {
  if (value === null || value === undefined) return { id: "type.null", values: [] };
  if (isMap(value)) return nameOfType("object");
  return nameOfType(Array.isArray(value) ? "array" : typeof value);
}

const typeNames: Readonly<Record<string, KeyPart<"spec", "type.", "">>> = {
  object: "object",
  record: "object",
  array: "array",
  boolean: "boolean",
  number: "number",
  int: "number",
};

function nameOfType(type: string): MessageText<"spec"> {
  return { id: `type.${typeNames[type] ?? "string"}`, values: [] };
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return JSON.stringify(text !== undefined && text.length > 60 ? `${text.slice(0, 60)}…` : (text ?? ""));
}
