import { z } from "zod";
import { kindSchema, list } from "./values.ts";

export const credentialsSchema = z
  .object({
    org: z.string(),
    name: z.string(),
    tokenUrl: z.string(),
    cpqUrl: z.string().optional().describe("Of the CPQ tenant, if the spec names it."),
    key: z.string(),
    secret: z.string().optional().describe("Only if it was asked for."),
    from: z.string().describe("Where they were found: a store, or the spec itself."),
  })
  .describe("The consumer key and secret of an app in one org.");
export type Credentials = z.output<typeof credentialsSchema>;

export const storedCredentialsSchema = z
  .object({ org: z.string(), name: z.string(), key: z.string(), place: z.string() })
  .describe("A pair that was stored, and where.");
export type StoredCredentials = z.output<typeof storedCredentialsSchema>;

export const forgottenCredentialsSchema = z
  .object({
    id: z.string().describe("Org Id, kind and API name of the app, with slashes between them."),
    place: z.string(),
    found: z.boolean().optional().describe("Whether there was a pair; missing if the store does not tell."),
  })
  .describe("What was removed from a store.");
export type ForgottenCredentials = z.output<typeof forgottenCredentialsSchema>;

export const heldCredentialsSchema = z
  .object({
    place: z.string(),
    entries: list(
      z.object({
        id: z.string().describe("Org Id, kind and API name of the app, with slashes between them."),
        orgId: z.string(),
        kind: kindSchema,
        name: z.string(),
        key: z.string(),
        storedAt: z.string().describe("ISO 8601."),
        instanceUrl: z.string().optional().describe("My Domain URL of the org."),
        username: z.string().optional().describe("Of the user who deployed."),
        encrypted: z.boolean(),
      }),
    ),
  })
  .describe("What this machine's store holds, without secrets.");
export type HeldCredentials = z.output<typeof heldCredentialsSchema>;
