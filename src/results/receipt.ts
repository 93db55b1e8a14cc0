import { z } from "zod";
import { lineSchema, list, writtenTimeSchema } from "./values.ts";

/** A signature of a receipt or of a plan: Ed25519 over the canonical JSON of everything else in the file. */
export const signatureSchema = z.strictObject({
  algorithm: z.literal("Ed25519"),
  keyId: z.string().describe("First 16 hex digits of the SHA-256 of the public key (SPKI, DER)."),
  value: z.string().describe("Base64."),
});
export type Signature = z.output<typeof signatureSchema>;

const placeSchema = z.strictObject({
  environment: z.string().describe("Empty if the spec has no environments."),
  orgId: z.string(),
  instanceUrl: z.string(),
  username: z.string(),
});
const seenSchema = z.strictObject({ id: z.string(), outcome: z.string(), detail: z.string() });

const contentSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    type: z.enum(["deploy", "promotion"]),
    app: z.strictObject({ kind: z.string(), name: z.string() }),
    spec: z.strictObject({ file: lineSchema, digest: z.string() }),
    metadata: z.strictObject({ digest: z.string() }),
    from: placeSchema.optional().describe("Of a promotion: where the app came from."),
    to: placeSchema,
    by: lineSchema.describe("Login of the machine that did it."),
    at: writtenTimeSchema,
    deployId: z.string().optional(),
    gates: list(seenSchema),
    checks: list(seenSchema),
  })
  .describe("What was deployed, where, by whom, and what was checked. It holds no secret.");
export type Receipt = z.output<typeof contentSchema>;

export const receiptSchema = contentSchema.extend({
  signature: signatureSchema.optional().describe("Missing if no key was given: then nobody can rely on it."),
});

export const keyPairSchema = z.object({
  keyId: z.string(),
  publicKeyFile: z.string().describe("To be committed."),
  privateKeyFile: z.string().optional().describe("To be kept secret."),
  privateKey: z.string().optional().describe("The private key in one line, if `--print` asked for it."),
});
export type KeyPair = z.output<typeof keyPairSchema>;

export const checkedReceiptSchema = z.object({
  file: z.string(),
  valid: z.boolean(),
  reason: z.string().optional().describe("Why it is not valid."),
  receipt: receiptSchema,
});
export type CheckedReceipt = z.output<typeof checkedReceiptSchema>;
