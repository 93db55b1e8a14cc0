import type { KindName } from "../app/desiredApp.ts";
import { messagesOf } from "../messages.ts";
import type { CheckOutcome } from "../results/check.ts";
import { type RefusalMeaning, refusalMeanings } from "./refusalMeanings.ts";
import { setupPlaces } from "./setupPlaces.ts";

const messages = messagesOf("token");

/** A refusal of the token endpoint, in its own words. */
export interface Refusal {
  /** Of the HTTP answer; undefined if nothing but the words is known. */
  status?: number;
  /** Empty if the answer was not an OAuth error at all. */
  error: string;
  description: string;
}

/** The app whose token request was refused. */
export interface RefusedApp {
  kind: KindName;
  label: string;
  /** Username; undefined if the spec names no Run As user. */
  runAs: string | undefined;
  /** My Domain URL of the org that was asked. */
  org: string;
}

/** A refusal, explained for people. */
export interface Explanation {
  meaning: RefusalMeaning;
  /** `unverified` if the refusal says nothing about the app. */
  outcome: Extract<CheckOutcome, "failed" | "unverified">;
  /** What it means, and the org's own text. */
  detail: string;
  /** What to do next, with the names of the user and the app, and the places in Setup. */
  actions: string[];
}

/** What a refusal means: the first row of the table that fits. Pure. */
export function meaningOf({ status = 0, error, description }: Refusal): RefusalMeaning {
  for (const [meaning, { when }] of Object.entries(refusalMeanings)) {
    const fits = when.some(
      (words) =>
        (words.error?.test(error) ?? true) &&
        (words.description?.test(description) ?? true) &&
        (words.status?.(status) ?? true),
    );
    if (fits) return meaning as RefusalMeaning;
  }
  return "otherRefusal";
}

/** Whether it can help to ask again: the app may not have reached all servers yet, or the server may be in trouble. */
export function mayPass(refusal: Refusal): boolean {
  return refusalMeanings[meaningOf(refusal)].passes ?? false;
}

/** Whether a refusal says nothing about the app: the org is in trouble, limits its tokens, or did not answer itself. */
export function saysNothing(refusal: Refusal): boolean {
  return refusalMeanings[meaningOf(refusal)].saysNothing ?? false;
}

/** Says what a refusal means and what to do about it. Pure. */
export function explainRefusal(refusal: Refusal, { kind, label, runAs, org }: RefusedApp): Explanation {
  const meaning = meaningOf(refusal);
  const { next } = refusalMeanings[meaning];
  const user = runAs ?? messages.getMessage("theRunAsUser");
  return {
    meaning,
    outcome: saysNothing(refusal) ? "unverified" : "failed",
    detail: `${messages.getMessage(`refusal.${meaning}`)} ${orgText(refusal)}`,
    actions: next({ ...setupPlaces(kind, label), app: label, user, org }),
  };
}

function orgText({ status, error, description }: Refusal): string {
  const said = description.replace(/\s+/g, " ").trim();
  // A description may repeat the code, and a text that somebody copied always does.
  const words = said.includes(error) ? said : [error, said].filter((text) => text !== "").join(": ");
  return status === undefined
    ? messages.getMessage("refusal.orgWords", [words])
    : messages.getMessage("refusal.orgText", [String(status), words]);
}
