import { z } from "zod";
import {
  credentialsSchema,
  forgottenCredentialsSchema,
  heldCredentialsSchema,
  storedCredentialsSchema,
} from "./credentials.ts";
import { diagnosisSchema } from "./doctor.ts";
import { driftReportSchema } from "./drift.ts";
import { driftRunSchema } from "./driftHistory.ts";
import { explainedSchema } from "./explained.ts";
import { generatedSchema } from "./generated.ts";
import { importSchema } from "./import.ts";
import { initializedSchema } from "./initialized.ts";
import { journalSchema } from "./journal.ts";
import { runningLocalOrgsSchema, stoppedLocalOrgsSchema } from "./localOrgs.ts";
import { migrationResultSchema } from "./migration.ts";
import { reviewedPlanSchema } from "./plan.ts";
import { deployResultSchema, promotionSchema } from "./promotion.ts";
import { checkedReceiptSchema, keyPairSchema, receiptSchema } from "./receipt.ts";
import { rotationSchema } from "./rotation.ts";
import { shownTokenSchema } from "./shownToken.ts";
import { validationSchema } from "./validation.ts";
import { verifiedAppSchema } from "./verified.ts";

/** What each command returns: `result` of its answer to `--json`. */
export const commandResults = {
  "cpq:connectedapp:credentials:export": credentialsSchema,
  "cpq:connectedapp:credentials:forget": forgottenCredentialsSchema,
  "cpq:connectedapp:credentials:list": heldCredentialsSchema,
  "cpq:connectedapp:credentials:show": credentialsSchema,
  "cpq:connectedapp:credentials:store": storedCredentialsSchema,
  "cpq:connectedapp:deploy": deployResultSchema,
  "cpq:connectedapp:doctor": diagnosisSchema,
  "cpq:connectedapp:drift": driftReportSchema,
  "cpq:connectedapp:drift:merge": driftReportSchema,
  "cpq:connectedapp:explain": explainedSchema,
  "cpq:connectedapp:generate": generatedSchema,
  "cpq:connectedapp:import": importSchema,
  "cpq:connectedapp:init": initializedSchema,
  "cpq:connectedapp:migrate": migrationResultSchema,
  "cpq:connectedapp:promote": promotionSchema,
  "cpq:connectedapp:receipt:check": checkedReceiptSchema,
  "cpq:connectedapp:receipt:keygen": keyPairSchema,
  "cpq:connectedapp:token": shownTokenSchema,
  "cpq:connectedapp:rotate": rotationSchema,
  "cpq:connectedapp:validate": validationSchema,
  "cpq:connectedapp:verify": verifiedAppSchema,
  "cpq:localorg:list": runningLocalOrgsSchema,
  "cpq:localorg:start": runningLocalOrgsSchema,
  "cpq:localorg:stop": stoppedLocalOrgsSchema,
} as const satisfies Readonly<Record<string, z.ZodType>>;

/** Files that commands write and others read back. */
const resultFiles = {
  driftReport: driftReportSchema,
  driftRun: driftRunSchema,
  journal: journalSchema,
  plan: reviewedPlanSchema,
  receipt: receiptSchema,
} as const satisfies Readonly<Record<string, z.ZodType>>;

/** Name of the published schema of a command's result. */
export function schemaNameOf(commandId: string): string {
  return commandId.replace(/^cpq:/, "").replaceAll(":", "-");
}

/**
 * The JSON Schemas that are published, by the name of their file without `.schema.json`: one for each command's
 * `result`, one for each file.
 */
export function publishedSchemas(): Record<string, object> {
  const commands = Object.entries(commandResults).map(([id, schema]) => [schemaNameOf(id), schema] as const);
  const all: readonly (readonly [string, z.ZodType])[] = [...commands, ...Object.entries(resultFiles)];
  return Object.fromEntries(all.map(([name, schema]) => [name, jsonSchemaOf(schema)]));
}

function jsonSchemaOf(schema: z.ZodType): object {
  return z.toJSONSchema(schema, {
    io: "output",
    unrepresentable: "any",
    // Our own code changes no list, but a reader of the answer need not know that.
    override: ({ jsonSchema }) => {
      delete jsonSchema.readOnly;
    },
  });
}
