/** How much a finding matters, in the words that SARIF and pipelines share. */
export type Level = "error" | "warning" | "note";

/** A kind of finding: what a report says once, however often it was found. */
export interface FindingRule {
  /** Stable, such as `jwt-timeout-long`. */
  id: string;
  level: Level;
  /** One sentence: what is wrong where this is found. */
  title: string;
  /** Why it matters, and what to do. */
  help: string;
}

/** One finding at one place of a spec. */
export interface Finding {
  /** Id of its rule. */
  rule: string;
  level: Level;
  message: string;
  /** Path in the spec, such as `oauth.accessToken.timeout`; empty for the whole spec. */
  path: string;
  /** Lines and columns count from 1. */
  location: { file: string; line: number; column: number };
  /** There where the spec silences the rule: the reason that it gives. */
  silenced?: string;
}

/** What was looked at, with what was found in it: an app, or an app in an environment. */
export interface FindingSubject {
  /** For people, such as `CPQ_Admin_API in uat`. */
  name: string;
  file: string;
  findings: readonly Finding[];
  /** There where it could not be looked at: why. */
  failure?: string;
}

/** Findings of one run, for the formats of pipelines. */
export interface FindingReport {
  /** Name of the command, such as `cpq connectedapp validate`. */
  command: string;
  /** Version of the plugin. */
  version: string;
  rules: readonly FindingRule[];
  subjects: readonly FindingSubject[];
}
