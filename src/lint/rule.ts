import type { DesiredApp } from "../app/desiredApp.ts";
import type { OrgFacts } from "../app/orgFacts.ts";
import type { Level } from "../results/finding.ts";

/** An app as the lint looks at it: its settings, and what its spec says beside them. */
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
  /** Path in the spec; one that is not set may be what is wrong. */
  path: string;
  /** Id of the message in messages/lint.md, which the values fill. */
  message: string;
  values: string[];
  /** There where the spec silences the rule: the reason that it gives. */
  silenced?: string;
}

/** A place where a rule holds something against the app. */
export interface Hit {
  path: string;
  /** Which of the rule's messages, `message` or `unset`; without it, `message`. */
  message?: "unset";
  values?: readonly string[];
}

/** Finds one kind of risk. Its texts are `ID.title`, `ID.help` and `ID.message` in messages/lint.md. */
export interface LintRule {
  level: Level;
  /** It says something only where an org was asked. */
  needsOrg?: true;
  find(app: LintedApp, facts: OrgFacts): readonly Hit[];
}

/** Rules by their ids, which are stable: specs silence by them, and reports refer to them. */
export type LintRules = Readonly<Record<string, LintRule>>;

/** One hit where the condition holds. */
export function hitIf(condition: boolean, path: string, ...values: string[]): Hit[] {
  return condition ? [{ path, values }] : [];
}

/** One hit where the condition holds, for a setting that is missing: Salesforce takes a default that is a risk. */
export function unsetIf(condition: boolean, path: string): Hit[] {
  return condition ? [{ path, message: "unset" }] : [];
}
