import type { MessageKey, MessageValues } from "../../messageText.ts";

/** What is wrong with one value: a text of messages/spec.md that takes its path and, unless it is a secret, what is there. */
export type ValueProblem = {
  [K in MessageKey<"spec">]: MessageValues<"spec", K>["length"] extends 1 | 2 ? K : never;
}[MessageKey<"spec">];

/** The error of a check in a schema. Zod accepts any text for it; this function accepts only existing keys. */
export function valueProblem(id: ValueProblem): string {
  return id;
}
