import { closest, distance } from "fastest-levenshtein";
import type { z } from "zod";
import type { Place } from "../app/place.ts";
import { isMap, valueAt } from "./overlay.ts";
import type { Problem } from "./problem.ts";
import type { NodePath } from "./specDocument.ts";

type Issue = z.core.$ZodIssue;

/** Each key that a spec may hold, by the path of the map that holds it. */
export type KnownKeys = ReadonlyMap<string, readonly string[]>;

/** What the schema looked at, and where each part of it stands. */
export interface CheckedContent {
  content: unknown;
  locate(path: NodePath, prefer?: "key" | "value"): Place;
}

/** The problems behind what the schema found, each with its location and, where one is near, a suggestion. */
export function problemsOf(issues: readonly Issue[], checked: CheckedContent, known: KnownKeys): Problem[] {
  return issues.flatMap((issue) => problemOf(issue, [], checked, known));
}

function problemOf(issue: Issue, parent: NodePath, checked: CheckedContent, known: KnownKeys): Problem[] {
  const path = [...parent, ...issue.path];
  const dotted = dottedPath(path);
  const problem = (id: string, values: string[], suggestion?: string): Problem => ({
    id,
    values: [dotted || "The spec", ...values],
    location: checked.locate(path),
    path: dotted,
    ...(suggestion === undefined ? {} : { suggestion }),
  });
  if (issue.code === "invalid_union") {
    return likeliestBranch(issue.errors).flatMap((inner) => problemOf(inner, path, checked, known));
  }
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => unknownKey(key, path, checked, known));
  }
  if (issue.code === "invalid_key") {
    const key = shown(path.at(-1));
    return issue.issues.map(({ message }) => ({
      ...problem(message, [key]),
      location: checked.locate(path, "key"),
    }));
  }
  const found = valueAt(checked.content, path);
  if (found === undefined) return [problem("missing", [])];
  if (issue.code === "invalid_type") {
    return [problem("wrongType", [expectedName(issue.expected), typeName(found)])];
  }
  if (issue.code === "invalid_value") {
    const values = issue.values.map(String);
    const suggestion = near(String(found), values);
    if (suggestion !== undefined) return [problem("wrongWord", [shown(found)], suggestion)];
    return [problem("wrongValue", [shown(found), values.join(", ")])];
  }
  if (issue.code === "too_small" || issue.code === "too_big") {
    const limit = String(issue.code === "too_small" ? issue.minimum : issue.maximum);
    const id = issue.code === "too_small" ? "tooSmall" : "tooBig";
    return [problem(`${id}.${Array.isArray(found) ? "array" : "string"}`, [limit])];
  }
  // A problem of our own may bring what fills its text.
  const values = issue.code === "custom" ? issue.params?.values : undefined;
  return [problem(issue.message, Array.isArray(values) ? values.map(String) : [shown(found)])];
}

function unknownKey(key: string, path: NodePath, checked: CheckedContent, known: KnownKeys): Problem {
  const at = dottedPath(path);
  const full = at === "" ? key : `${at}.${key}`;
  const here = near(key, known.get(at) ?? []);
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

/** Of several forms that a value may have, the one that got furthest: the fewest wrong types, then the fewest problems. */
function likeliestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] {
  const misfit = (issues: readonly Issue[]) =>
    issues.filter((issue) => issue.path.length === 0 && issue.code === "invalid_type").length * 100 +
    issues.filter((issue) => issue.code === "unrecognized_keys").length * 10 +
    issues.length;
  return [...branches].sort((a, b) => misfit(a) - misfit(b))[0] ?? [];
}

/** The candidate that a typing slip may have been meant for: at most a third of its letters differ. */
function near(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0 || word.length > 100) return undefined;
  const found = closest(
    word.toLowerCase(),
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  if (distance(word.toLowerCase(), found) > Math.max(1, Math.floor(found.length / 3))) return undefined;
  return candidates.find((candidate) => candidate.toLowerCase() === found);
}

function typeName(value: unknown): string {
  if (value === null) return "nothing";
  if (isMap(value)) return "a map";
  if (Array.isArray(value)) return "a list";
  return `a ${typeof value}`;
}

function expectedName(type: string): string {
  const names: Record<string, string> = {
    object: "a map",
    record: "a map",
    array: "a list",
    boolean: "true or false",
  };
  return names[type] ?? `a ${type}`;
}

function shown(value: unknown): string {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return JSON.stringify(text !== undefined && text.length > 60 ? `${text.slice(0, 60)}…` : (text ?? ""));
}
