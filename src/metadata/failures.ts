import type { SettingPath, Settings } from "../app/settings.ts";
import { unknownWords } from "../app/unknownWords.ts";
import type { KeyPart } from "../messageText.ts";
import type { Kind } from "./kind.ts";

/** What a component failure is about, and the place in the spec to look at. */
export interface FailureMeaning {
  /** What to do is in messages/deploy.md. */
  id: KeyPart<"deploy", "failure.", ".actions">;
  path: SettingPath | "kind" | "name" | "consumer";
}

const taken = /consumer (key|secret) is already taken/i;

// Wording varies between releases, so each pattern is loose.
const known: readonly (readonly [RegExp, FailureMeaning])[] = [
  [/execution user|client credentials? user/i, { id: "runAs", path: "oauth.clientCredentials.runAs" }],
  [taken, { id: "keyTaken", path: "consumer" }],
  [/cannot provide a consumer key|consumer ?(key|secret)/i, { id: "key", path: "consumer" }],
  [/can.t create a connected app/i, { id: "creationBlocked", path: "kind" }],
  [/permission ?set/i, { id: "permissionSet", path: "policy.permissionSets" }],
  [/profile/i, { id: "profile", path: "policy.profiles" }],
];

/**
 * What the org's words about a refused component mean for the spec. If nothing else fits, they are searched for
 * unchecked words of the spec, and for elements.
 */
export function meaningOfFailure(problem: string, kind: Kind, settings: Settings = {}): FailureMeaning {
  const match = known.find(([pattern]) => pattern.test(problem));
  if (match !== undefined) return match[1];
  const words = problem.toLowerCase();
  const field = kind.fields.find(({ elements }) =>
    elements.some((path) => words.includes(String(path.at(-1)).toLowerCase())),
  );
  const unchecked = unknownWords(settings).find(({ word }) => problem.includes(word));
  return { id: "other", path: unchecked?.path ?? field?.setting ?? "name" };
}

/** A value that the org never accepts, whatever else is there. */
const wrongValue =
  /invalid value|valid values|invalid plugin settings|error parsing|no (profile|permissionset) named/i;

/** Whether the org refuses only components that it may accept after the others. */
export function refusesOnlyLaterOnes(
  failures: readonly { type: string; problem: string }[],
  kind: Kind,
): boolean {
  const later: readonly string[] = kind.components
    .filter(({ afterOthers }) => afterOthers)
    .map(({ type }) => type);
  const mayTakeLater = ({ type, problem }: { type: string; problem: string }) =>
    later.includes(type) && meaningOfFailure(problem, kind).id === "other" && !wrongValue.test(problem);
  return failures.length > 0 && failures.every(mayTakeLater);
}

/**
 * The fullNames of parts that the org already has, by type. For an app, it accepts no second part of a type, and says
 * which one there is.
 */
export function namesTold(
  failures: readonly { type: string; problem: string }[],
): ReadonlyMap<string, string> {
  const told = failures.flatMap(({ type, problem }): [string, string][] => {
    const [, fullName] = /duplicates value on (\w+)/i.exec(problem) ?? [];
    return fullName === undefined ? [] : [[type, fullName]];
  });
  return new Map(told);
}

/** Whether the org refuses only a key in the file that the app has anyway. */
export function refusesOwnKey(problem: string): boolean {
  return /cannot provide a consumer key/i.test(problem);
}

/** Whether the org refuses only because another app, in any org, has the key or the secret. */
export function refusesTaken(problem: string): boolean {
  return taken.test(problem);
}
