import { z } from "zod";
import { list, timeSchema } from "./values.ts";

const localOrgSchema = z.object({
  alias: z.string(),
  username: z.string(),
  id: z.string(),
  name: z.string(),
  isSandbox: z.boolean(),
  myDomainUrl: z.string(),
  cpqUrl: z.string(),
});

/** The local orgs of this machine, and the process that serves them. */
export const runningLocalOrgsSchema = z.union([
  z.object({
    pid: z.int(),
    startedAt: timeSchema,
    behaviour: z.record(z.string(), z.unknown()).describe("How the orgs were asked to behave."),
    orgs: list(localOrgSchema),
  }),
  z.object({ orgs: list(z.never()) }),
]);

export const stoppedLocalOrgsSchema = z.object({ stopped: list(z.string()).describe("Their aliases.") });
