import { messagesOf } from "../messages.ts";
import { askOrg } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";

interface OrganizationRecord {
  IsSandbox: boolean;
  OrganizationType: string;
  TrialExpirationDate: string | null;
}

/** The use of an org. Scratch orgs, trials and developer editions are `development`. */
export type OrgType = "sandbox" | "production" | "development";

/**
 * What type of org it is.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm
 */
export async function readOrgType(org: TargetOrg): Promise<OrgType> {
  const soql = "SELECT IsSandbox, OrganizationType, TrialExpirationDate FROM Organization";
  const records = await queryOrg<OrganizationRecord>(org, soql);
  const [record] = records;
  // A scratch org is a sandbox that expires.
  if (record === undefined || record.TrialExpirationDate !== null) return "development";
  if (record.IsSandbox) return "sandbox";
  return /developer/i.test(record.OrganizationType) ? "development" : "production";
}

/** The API calls of the last 24 hours. */
export interface ApiCalls {
  most: number;
  remaining: number;
}

/**
 * How many API calls the org still answers today. Needs the permission View Setup and Configuration.
 *
 * @throws SfError as `askOrg`
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_limits.htm
 */
export async function readApiCalls(org: TargetOrg): Promise<ApiCalls> {
  const { DailyApiRequests } = await askOrg(
    org,
    messagesOf("org").getMessage("call.limits"),
    () => org.connection.limits(),
    { isAnswer: (answer) => typeof answer?.DailyApiRequests?.Remaining === "number" },
  );
  return { most: DailyApiRequests?.Max ?? 0, remaining: DailyApiRequests?.Remaining ?? 0 };
}
