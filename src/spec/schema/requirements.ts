import type { z } from "zod";
import { valueAt } from "../overlay.ts";

/**
 * For each kind of app, the paths, such as `oauth.callbackUrl`, that it requires if their parent is there and not off.
 */
type Requirements = Readonly<Record<string, readonly string[]>>;

/**
 * Adds what only one kind of app requires. It is checked together with everything else, so that a user sees every
 * problem at once.
 */
export function withRequirements<Schema extends z.ZodObject>(
  schema: Schema,
  requirements: Requirements,
): Schema {
  return Object.entries(requirements)
    .flatMap(([kind, paths]) => paths.map((path) => ({ kind, path: path.split(".") })))
    .reduce(
      (result, { kind, path }) =>
        result.refine((spec) => isThere(spec, path), {
          path,
          error: "missing",
          when: ({ value }) => valueAt(value, ["kind"]) === kind,
        }),
      schema,
    );
}

/** Keys that can stand alone in their parent: an app without OAuth can still have IP ranges in its metadata. */
const besides = ["trustedIpRanges"];

function isThere(spec: unknown, path: readonly string[]): boolean {
  const parent = valueAt(spec, path.slice(0, -1));
  if (typeof parent !== "object" || parent === null) return true;
  const isOff = valueAt(parent, ["enabled"]) === false;
  return isOff || (path.at(-1) ?? "") in parent || Object.keys(parent).every((key) => besides.includes(key));
}
