import type { Change } from "../results/drift.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";

interface AuditTrailRecord {
  CreatedDate: string;
  CreatedBy: { Username: string } | null;
  Display: string | null;
}

/**
 * What people changed in Setup of late, newest first: who, when, and the org's own words. An org that does not let it be
 * read says nothing.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_setupaudittrail.htm
 */
export async function readChanges(org: TargetOrg): Promise<Change[]> {
  const soql =
    "SELECT CreatedDate, CreatedBy.Username, Display FROM SetupAuditTrail ORDER BY CreatedDate DESC LIMIT 200";
  try {
    const records = await queryOrg<AuditTrailRecord>(org, soql);
    return records.map(({ CreatedDate, CreatedBy, Display }) => ({
      at: new Date(CreatedDate).toISOString(),
      by: CreatedBy?.Username ?? "",
      what: Display ?? "",
    }));
  } catch {
    return [];
  }
}
