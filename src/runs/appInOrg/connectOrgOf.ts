import { connectOrg, type TargetOrg } from "../../org/connect.ts";
import type { ReadSpec } from "../../project/readSpec.ts";
import type { Permissions } from "../../secrets/permissions.ts";
import type { ReferencedOrg } from "../../spec/references.ts";

/** A spec and the org to which it belongs, for a run. The spec's references to the org are replaced. */
export interface SpecInOrg {
  spec: ReadSpec;
  org: TargetOrg;
  /** What the user allowed the run. */
  allowed: Permissions;
}

/** Which org the user names, and what the run may do. */
export interface OrgChoice {
  targetOrg?: string | undefined;
  apiVersion?: string | undefined;
  allowed: Permissions;
}

/**
 * Connects to the org of a spec: the one that the user names, else the environment's, else the configured one.
 *
 * @throws SfError as `connectOrg`, or `InvalidSpec` if the org's values make the spec invalid
 */
export async function connectOrgOf(
  spec: ReadSpec,
  { targetOrg, apiVersion, allowed }: OrgChoice,
): Promise<SpecInOrg> {
  const org = await connectOrg(targetOrg ?? spec.targetOrg, apiVersion);
  return { org, spec: answeredFor(org, spec), allowed };
}

/** The spec with the values of its org, if it refers to any. @throws SfError `InvalidSpec` if they make it invalid */
export function answeredFor(org: TargetOrg, spec: ReadSpec): ReadSpec {
  return spec.orgReferences.length === 0 ? spec : spec.forOrg(factsOf(org));
}

/** What a spec may refer to in its org. */
export function factsOf({ username, id, instanceUrl }: TargetOrg): ReferencedOrg {
  return { username, orgId: id, instanceUrl, myDomain: new URL(instanceUrl).host };
}
