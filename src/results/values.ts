import { z } from "zod";
import type { SettingPath, SettingValue } from "../app/settings.ts";

/** A list that nobody changes after it is made. */
export const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly();

/** What a result says in sentences for people, a sentence each. */
export const sentencesSchema = list(z.string());

export const kindSchema = z.enum(["ConnectedApp", "ExternalClientApp"]);

export const placeSchema = z
  .object({ file: z.string(), line: z.int().min(1), column: z.int().min(1) })
  .describe("A place in a file; lines and columns count from 1.");

export const levelSchema = z.enum(["error", "warning", "note"]).describe("How much a finding matters.");

export const severitySchema = z
  .enum(["security", "function", "appearance"])
  .describe("Who may get in, whether the callers still work, or how the app looks.");

/** A path of the table of settings. The table itself decides what is one. */
export const settingPathSchema = z
  .custom<SettingPath>((path) => typeof path === "string")
  .meta({ type: "string" });

export const settingValueSchema: z.ZodType<SettingValue> = z.union([
  z.string(),
  z.boolean(),
  z.number(),
  list(z.string()),
  list(z.record(z.string(), z.string()).readonly()),
]);

/** A text on one line, as a name or a path is one. */
export const lineSchema = z
  .string()
  .min(1, "It is empty.")
  .refine((text) => !/\p{Cc}/u.test(text), "It holds a control character.");

export const timeSchema = z.string().describe("ISO 8601, UTC.");

/** The same in a file that somebody may have edited. */
export const writtenTimeSchema = timeSchema.refine(
  (text) => /^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)),
  "It is not a time, such as 2026-01-31T12:00:00.000Z.",
);

export const failureSchema = z
  .object({ message: z.string(), actions: sentencesSchema })
  .describe("Why something could not be done, and what to do.");
