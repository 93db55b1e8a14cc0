import { type Document, isScalar, visit } from "yaml";
import type { Location, Problem } from "./problem.ts";

const reference = /\$\{([^}]*)\}/g;
const variable = /^env:([A-Za-z_]\w*)(?::-(.*))?$/s;

/**
 * Replaces `${env:NAME}` and `${env:NAME:-default}` in every text of the document but those under `consumer`, whose
 * references are followed only when the secret is needed. The document is changed in place.
 *
 * @returns a problem for each variable that is not set, and each reference that is none
 */
export function replaceEnvironmentVariables(
  document: Document.Parsed,
  environment: Readonly<Record<string, string | undefined>>,
  at: (offset: number) => Location,
): Problem[] {
  const problems: Problem[] = [];
  visit(document, {
    Pair: (_key, pair) => (isScalar(pair.key) && pair.key.value === "consumer" ? visit.SKIP : undefined),
    Scalar: (key, node) => {
      if (key === "key" || typeof node.value !== "string") return;
      const location = at(node.range?.[0] ?? 0);
      node.value = node.value.replace(reference, (whole, inner: string) => {
        const [, name, fallback] = variable.exec(inner) ?? [];
        const value = name === undefined ? undefined : environment[name] || fallback;
        if (value === undefined) {
          const [id, values] = name === undefined ? ["unknownReference", [whole]] : ["unsetVariable", [name]];
          problems.push({ id: String(id), values: values as string[], location, path: "" });
        }
        return value ?? whole;
      });
    },
  });
  return problems;
}
