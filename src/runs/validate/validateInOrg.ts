import { connectOrg } from "../../org/connect.ts";
import { readRunAsFacts } from "../../org/runAsFacts.ts";
import { factsOf } from "../appInOrg/connectOrgOf.ts";
import { type ValidateOptions, type Validation, validate } from "./validate.ts";

/**
 * The same as `validate`, with an org: references to it are replaced, and the lint checks the Run As users that the org
 * has.
 *
 * @throws SfError if the org cannot be asked
 */
export async function validateInOrg(
  options: ValidateOptions,
  targetOrg: string,
  apiVersion: string | undefined,
): Promise<Validation> {
  const org = await connectOrg(targetOrg, apiVersion);
  const referenced = factsOf(org);
  const { runAs } = validate({ ...options, org: { referenced, factsOf: () => ({}) } });
  const users = await readRunAsFacts(org, runAs);
  const askedAt = new Date().toISOString();
  return validate({
    ...options,
    org: {
      referenced,
      factsOf: (username = "") => ({ runAsUser: users.get(username.toLowerCase()), askedAt }),
    },
  });
}
