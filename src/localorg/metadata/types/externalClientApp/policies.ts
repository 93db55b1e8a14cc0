import { part } from "./part.ts";
import { policiesSchema } from "./schemas.ts";

/** What each org decides about the application besides OAuth. */
export const policiesPart = part({
  schema: policiesSchema,
  directoryName: "extlClntAppPolicies",
  suffix: "ecaPlcy",
  keyPrefix: "0xC",
});
