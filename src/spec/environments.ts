import { z } from "zod";
import { valueProblem } from "./schema/valueProblem.ts";

/** What an environment says besides its changes to the spec. */
export const environmentSettings = z.strictObject({
  targetOrg: z.string().min(1).max(255).describe("Username or alias of the environment's org.").optional(),
  orgType: z
    .enum(["sandbox", "production", "development"])
    .describe("What type of org it has to be: nothing is promoted into another one.")
    .optional(),
  usernameSuffix: z
    .string()
    .regex(/^\.[A-Za-z0-9.-]{1,60}$/, valueProblem("usernameSuffix"))
    .describe(
      "What the org appends to each username, as a sandbox does: `.uat` for `user@example.com.uat`. It is added to the usernames that stand outside the environment.",
    )
    .optional(),
});

/** Keys that every environment of a spec shares. */
export const sharedKeys = ["apiVersion", "kind", "name", "environments"] as const;

export const environmentName = z
  .string()
  .regex(/^[A-Za-z0-9](?:[\w.-]{0,38}[A-Za-z0-9])?$/, valueProblem("environmentName"));

/** The map of environments, as far as it can be checked before one of them is laid over the spec. */
export const environmentsSchema = z.record(
  environmentName,
  z.union([z.null(), z.record(z.string(), z.unknown())]),
);
