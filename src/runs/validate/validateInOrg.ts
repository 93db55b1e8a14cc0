import { connectOrg } from "../../org/connect.ts";
import { factsOf } from "../appInOrg/connectOrgOf.ts";
import { readOrgFacts } from "../appInOrg/readOrgFacts.ts";
import { type ValidateOptions, type Validation, validate } from "./validate.ts";

/**
 * The same as `validate`, with an org: references to it are replaced, and the lint checks what the org has of all that the specs
 * name in it.
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
  const { apps } = validate({ ...options, org: { referenced, factsOf: () => ({}) } });
  return validate({ ...options, org: { referenced, factsOf: await readOrgFacts(org, apps) } });
}
