import type { Finding } from "../../results/finding.ts";
import { resolve } from "../../spec/resolve.ts";
import type { SpecInOrg } from "../appInOrg/connectOrgOf.ts";
import { readOrgFacts } from "../appInOrg/readOrgFacts.ts";
import { findingsInOrg } from "./lintSpec.ts";

/**
 * What an org has against a spec by itself, before anything is deployed: what `validate --target-org` finds there.
 *
 * @param assignRunAs whether the run will give the Run As user the permission set, so that it is not missing
 * @throws SfError as `askOrg`
 */
export async function preflight({ spec, org }: SpecInOrg, assignRunAs: boolean): Promise<Finding[]> {
  const desired = resolve(spec.app);
  const factsOf = await readOrgFacts(org, [desired]);
  const { isApproved, ...facts } = factsOf(desired);
  return findingsInOrg(spec, assignRunAs ? facts : { ...facts, isApproved });
}
