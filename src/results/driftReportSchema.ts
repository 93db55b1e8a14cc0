import { z } from "zod";
import type { DriftReport } from "./drift.ts";

const texts = z.array(z.string());
const value = z.union([
  z.string(),
  z.boolean(),
  z.number(),
  texts,
  z.array(z.record(z.string(), z.string())),
]);
const org = z.object({ name: z.string(), id: z.string().optional(), instanceUrl: z.string().optional() });
const kind = z.enum(["ConnectedApp", "ExternalClientApp"]);

const drift = z.object({
  kind: z.enum([
    "setting",
    "unmanaged",
    "appMissing",
    "appBlocked",
    "consumerKey",
    "runAsUser",
    "permissionSet",
    "verification",
  ]),
  path: z.string(),
  severity: z.enum(["security", "function", "appearance"]),
  expected: value.optional(),
  actual: value.optional(),
  detail: z.string().optional(),
  place: z.object({ file: z.string(), line: z.int(), column: z.int() }),
  remedy: texts,
});

/** A drift report in a file: what another job of the pipeline wrote. */
export const driftReportSchema = z.object({
  schemaVersion: z.literal(1),
  checkedAt: z.string(),
  version: z.string(),
  shard: z.object({ index: z.int().min(1), count: z.int().min(1) }).optional(),
  apps: z.array(
    z.object({
      kind,
      name: z.string(),
      label: z.string(),
      specFile: z.string(),
      environment: z.string().optional(),
      org,
      state: z.enum(["inSync", "drifted", "unchecked"]),
      drifts: z.array(drift),
      changes: z.array(z.object({ at: z.string(), by: z.string(), what: z.string().optional() })),
      failure: z.object({ message: z.string(), actions: texts }).optional(),
    }),
  ),
  unclaimed: z
    .array(
      z.object({
        kind,
        name: z.string(),
        label: z.string(),
        org,
        why: z.array(z.enum(["clientCredentials", "jwt"])),
      }),
    )
    .optional(),
}) satisfies z.ZodType<unknown, DriftReport | unknown>;
