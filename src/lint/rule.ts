import type { DesiredApp } from "../app/desiredApp.ts";
import type { OrgFacts } from "../app/orgFacts.ts";
import type { KeyPart, MessageKey, MessageText, MessageValue, MessageValues } from "../messageText.ts";
import type { Level } from "../results/finding.ts";

/** An app as the lint sees it: its settings, and what its spec says besides them. */
export interface LintedApp extends DesiredApp {
  /** The spec's `cpq.url`. */
  cpqUrl?: string | undefined;
  /** The spec's `consumer.secret` as it is written there, which should be a reference. */
  consumerSecret?: string | undefined;
}

/** What a rule found at one path of a spec. */
export interface LintFinding {
  /** Id of the rule. */
  rule: string;
  level: Level;
  /** Path in the spec. It may be a path that is not set. */
  path: string;
  /** For a list, the entry that is meant, as the spec has it. */
  entry?: string;
  text: MessageText<"lint">;
  /** The reason that the spec gives for silencing the rule, if it does. */
  silenced?: string;
}

/** A place where a rule finds a risk, with the values that fill the rule's text. */
export interface Hit<Values = readonly MessageValue[], Form = "message"> {
  path: string;
  /** For a list, the entry that is meant. */
  entry?: string;
  form: Form;
  values: Values;
}

/** A missing setting for which Salesforce's default is a risk. */
type UnsetHit = Hit<readonly [], "unset">;

/** Ids of rules are stable: specs silence by them, and reports refer to them. */
export type RuleId = Exclude<KeyPart<"lint", "", ".title">, "unused-silence">;

/** Finds one kind of risk. Its texts are `ID.title`, `ID.help`, `ID.message`, `ID.unset` and `ID.similar` in messages/lint.md. */
export interface LintRule<Id extends RuleId = RuleId> {
  level: Level;
  /** It says something only if an org was asked. */
  needsOrg?: true;
  find(app: LintedApp, facts: OrgFacts): readonly HitOf<Id>[];
}

type HitOf<Id extends RuleId> =
  | Hit<MessageValues<"lint", `${Id}.message` & MessageKey<"lint">>>
  | (`${Id}.unset` extends MessageKey<"lint"> ? UnsetHit : never)
  | (`${Id}.similar` extends MessageKey<"lint">
      ? Hit<MessageValues<"lint", `${Id}.similar` & MessageKey<"lint">>, "similar">
      : never);

/** The rules of a subject. A rule without texts does not compile. */
export type LintRules = { readonly [Id in RuleId]?: LintRule<Id> };

/** One hit if the condition holds. */
export function hitIf<const Values extends readonly MessageValue[]>(
  condition: boolean,
  path: string,
  ...values: Values
): Hit<Values>[] {
  return condition ? [{ path, form: "message", values }] : [];
}

/** One hit if the condition holds, for a setting that is missing. */
export function unsetIf(condition: boolean, path: string): UnsetHit[] {
  return condition ? [{ path, form: "unset", values: [] }] : [];
}
