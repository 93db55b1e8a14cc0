import { z } from "zod";
import type { DriftReport } from "./drift.ts";
import { list, severitySchema, timeSchema } from "./values.ts";

const count = z.int().min(0);

const placeInRunSchema = z
  .object({
    environment: z.string().optional().describe("Missing if the spec has no environments."),
    org: z.string().describe("Alias or username."),
    apps: count.describe("How many apps were looked at."),
    unchecked: count.describe("How many of them could not be checked."),
    differences: count,
    worst: severitySchema.optional().describe("Of the differences; missing if there are none."),
  })
  .describe("What one run found in one environment.");
export type PlaceInRun = z.output<typeof placeInRunSchema>;

export const driftRunSchema = z
  .object({
    schemaVersion: z.literal(1).describe("Version of this form."),
    checkedAt: timeSchema,
    version: z.string().describe("Version of the plugin."),
    places: list(placeInRunSchema),
  })
  .describe("What is kept of one drift check, so that a later report can draw how drift went.");
export type DriftRun = z.output<typeof driftRunSchema>;

/** What is kept of a report. */
export function driftRunOf({ checkedAt, version, apps }: DriftReport): DriftRun {
  const places = Map.groupBy(apps, ({ environment, org }) => placeKey({ environment, org: org.name }));
  return {
    schemaVersion: 1,
    checkedAt,
    version,
    places: [...places.values()].map((there) => {
      const severities = there.flatMap(({ drifts }) => drifts.map(({ severity }) => severity));
      const worst = severitySchema.options.find((severity) => severities.includes(severity));
      return {
        ...(there[0]?.environment === undefined ? {} : { environment: there[0].environment }),
        org: there[0]?.org.name ?? "",
        apps: there.length,
        unchecked: there.filter(({ state, failure }) => state === "unchecked" || failure !== undefined)
          .length,
        differences: severities.length,
        ...(worst === undefined ? {} : { worst }),
      };
    }),
  };
}

/** The same for the same environment of the same org, whatever the run. */
export function placeKey({ environment, org }: { environment?: string | undefined; org: string }): string {
  return JSON.stringify([environment, org]);
}
