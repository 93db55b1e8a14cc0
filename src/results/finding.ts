import { z } from "zod";
import { levelSchema, placeSchema } from "./values.ts";

/** How much a finding matters, in the words that SARIF and pipelines share. */
export type Level = z.output<typeof levelSchema>;

/** A kind of finding: what a report says once, however often it was found. */
export interface FindingRule {
  /** Stable, such as `jwt-timeout-long`. */
  id: string;
  level: Level;
  /** One sentence: what is wrong if this is found. */
  title: string;
  /** Why it matters, and what to do. */
  help: string;
}

export const findingSchema = z
  .object({
    rule: z.string().describe("Id of its rule."),
    level: levelSchema,
    message: z.string(),
    path: z
      .string()
      .describe("Path in the spec, such as `oauth.accessToken.timeout`; empty for the whole spec."),
    location: placeSchema,
    silenced: z.string().optional().describe("If the spec silences the rule: the reason that it gives."),
  })
  .describe("One finding at one place of a spec.");
export type Finding = z.output<typeof findingSchema>;

/** What was checked, and what was found in it: an app, or an app in an environment. */
export interface FindingSubject {
  /** For people, such as `CPQ_Admin_API in uat`. */
  name: string;
  file: string;
  findings: readonly Finding[];
  /** What is known of it and is no finding: names and what they are. */
  facts?: readonly (readonly [name: string, text: string])[];
  /** Why it could not be checked. */
  failure?: string;
}

/** Findings of one run, for the formats that pipelines read. */
export interface FindingReport {
  /** Name of the command, such as `cpq connectedapp validate`. */
  command: string;
  /** Version of the plugin. */
  version: string;
  rules: readonly FindingRule[];
  subjects: readonly FindingSubject[];
}
