import { z } from "zod";
import { undoneSchema } from "./undone.ts";
import { list } from "./values.ts";

const migrationRowSchema = z
  .object({ path: z.string(), outcome: z.enum(["same", "changes", "noCounterpart"]) })
  .describe("A setting or element, and what becomes of it.");
export type MigrationRow = z.output<typeof migrationRowSchema>;

const migrationSchema = z
  .object({ name: z.string(), file: z.string(), rows: list(migrationRowSchema) })
  .describe("The new spec, and what became of the old app's settings.");
export type Migration = z.output<typeof migrationSchema>;

const deletionSchema = z
  .object({ name: z.string(), org: z.string(), deployId: z.string() })
  .describe("What was deleted, and in which org.");
export type Deletion = z.output<typeof deletionSchema>;

export const migrationResultSchema = z.union([
  migrationSchema,
  z.object({ undone: undoneSchema }).describe("What --abort did instead."),
  z.object({ deleted: deletionSchema.optional().describe("Missing if the user said no.") }),
]);
export type MigrationResult = z.output<typeof migrationResultSchema>;
