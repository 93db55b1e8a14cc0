import type { Context } from "hono";
import { z } from "zod";
import { RestError } from "../../http/salesforceErrors.ts";
import { type DeployOptions, defaultDeployOptions, testLevels } from "../deploy/deployRequest.ts";

const flag = z.boolean().nullish();
const deployOptions = z.strictObject({
  allowMissingFiles: flag,
  autoUpdatePackage: flag,
  checkOnly: flag,
  ignoreWarnings: flag,
  performRetrieve: flag,
  purgeOnDelete: flag,
  rollbackOnError: flag,
  runTests: z.array(z.string()).nullish(),
  singlePackage: flag,
  testLevel: z.enum(testLevels).nullish(),
});
const deployEntity = z.object({ deployOptions: deployOptions.nullish() });
const cancelEntity = z.object({ deployResult: z.object({ status: z.literal("Canceling") }) });

/**
 * Reads the two parts of a deploy request: the options as JSON (in a part `json`; jsforce calls it `entity_content`),
 * and the zip in a part `file`.
 *
 * @throws RestError if a part is missing or malformed
 */
export async function readDeployForm(request: Context): Promise<{ zip: Uint8Array; options: DeployOptions }> {
  if (!/^multipart\/form-data\b/i.test(request.req.header("Content-Type") ?? "")) {
    throw new RestError(
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      "Content-type not supported. Use multipart/form-data.",
    );
  }
  const form = await request.req.parseBody().catch(() => {
    throw new RestError(400, "INVALID_MULTIPART_REQUEST", "Bad multipart request body");
  });
  const { file } = form;
  const json = form.json ?? form.entity_content;
  if (!(file instanceof File)) throw missingPart("file");
  if (json === undefined) throw missingPart("json");
  const entity = parsed(deployEntity, json instanceof File ? await json.text() : String(json));
  const given = Object.entries(entity.deployOptions ?? {}).filter(([, value]) => value != null);
  const options = { ...defaultDeployOptions, ...Object.fromEntries(given) };
  return { zip: new Uint8Array(await file.arrayBuffer()), options };
}

/** @throws RestError if the body asks for anything but `{"deployResult": {"status": "Canceling"}}`. */
export async function readCancelRequest(request: Context): Promise<void> {
  parsed(cancelEntity, await request.req.text());
}

function parsed<Entity>(schema: z.ZodType<Entity>, text: string): Entity {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new RestError(400, "JSON_PARSER_ERROR", error instanceof Error ? error.message : String(error));
  }
  const result = schema.safeParse(value);
  if (!result.success) {
    const [issue] = result.error.issues;
    throw new RestError(400, "JSON_PARSER_ERROR", `${issue?.path.join(".") || "body"}: ${issue?.message}`);
  }
  return result.data;
}

function missingPart(name: string): RestError {
  return new RestError(400, "INVALID_MULTIPART_REQUEST", `The part "${name}" is missing.`);
}
