import { z } from "zod";
import { environmentName, environmentSettings, sharedKeys } from "./environments.ts";
import { specSchema } from "./schema.ts";

/**
 * A spec as a file holds it, including environments. Editors use this schema; a run checks each environment laid over
 * its spec.
 */
export const specFileSchema = specSchema.extend({
  environments: z
    .record(
      environmentName,
      z
        .strictObject({
          ...environmentSettings.shape,
          ...overlayOf(specSchema, sharedKeys).shape,
        })
        .nullable()
        .describe("What differs in this environment."),
    )
    .describe(
      "Environments such as uat and production, each with what differs there: maps merge, lists replace, null removes.",
    )
    .optional(),
});

/** The schema of what may be laid over a map: all of its keys, none of them required, and null to remove one. */
function overlayOf(schema: z.ZodObject, without: readonly string[] = []): z.ZodObject {
  const entries = Object.entries(schema.shape).filter(([key]) => !without.includes(key));
  return z.strictObject(
    Object.fromEntries(
      entries.map(([key, child]) => {
        const inner = unwrapped(child as z.ZodType);
        const over = inner instanceof z.ZodObject ? overlayOf(inner) : inner;
        const description = descriptionOf(child as z.ZodType);
        const nullable = over.nullable().optional();
        return [key, description === undefined ? nullable : nullable.describe(description)];
      }),
    ),
  );
}

/** A description may be on the value of a key, or on the wrapper that makes it optional. */
function descriptionOf(schema: z.ZodType): string | undefined {
  return schema.description ?? unwrapped(schema).description;
}

function unwrapped(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault || schema instanceof z.ZodPrefault)
    return unwrapped(schema.unwrap() as z.ZodType);
  return schema;
}
