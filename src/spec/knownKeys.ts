import type { z } from "zod";
import type { KnownKeys } from "./issues.ts";
import { specSchema } from "./schema.ts";

/** The keys of each map in the schema, by the map's path. They are used for suggestions. */
export const knownKeys: KnownKeys = new Map(keysOf(specSchema, ""));

function keysOf(schema: z.core.$ZodType, path: string): [string, string[]][] {
  const definition = (schema as z.core.$ZodTypes)._zod.def;
  switch (definition.type) {
    case "object": {
      const inner = Object.entries(definition.shape).flatMap(([key, child]) =>
        keysOf(child, path === "" ? key : `${path}.${key}`),
      );
      return [[path, Object.keys(definition.shape)], ...inner];
    }
    case "optional":
    case "default":
    case "prefault":
      return keysOf(definition.innerType, path);
    case "pipe":
      return keysOf(definition.in, path);
    case "union":
      return definition.options.flatMap((option) => keysOf(option, path));
    default:
      return [];
  }
}
