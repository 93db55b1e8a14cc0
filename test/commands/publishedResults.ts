import { Ajv2020 } from "ajv/dist/2020.js";
import { commandResults, publishedSchemas, schemaNameOf } from "../../src/results/schemas.ts";

const ajv = new Ajv2020({ allErrors: true, schemas: publishedSchemas(), code: { optimize: false } });
const ids = Object.keys(commandResults).sort((one, other) => other.length - one.length);

/**
 * What a command prints with `--json` is what its published JSON Schema says, and nothing more.
 *
 * @throws Error with each place that differs
 */
export function requirePublishedResult(args: readonly string[], result: unknown): void {
  const words = args.join(":");
  const id = ids.find((known) => words === known || words.startsWith(`${known}:`));
  if (id === undefined) throw new Error(`No schema is published for the result of: ${args.join(" ")}`);
  if (ajv.validate(schemaNameOf(id), result)) return;
  throw new Error(`${schemaNameOf(id)}: ${ajv.errorsText()}\n${JSON.stringify(result, null, 2)}`);
}
