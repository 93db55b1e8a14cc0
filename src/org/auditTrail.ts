import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";

interface AuditTrailRecord {
  CreatedDate: string;
  CreatedBy: { Username: string } | null;
  DelegateUser: string | null;
  Action: string | null;
  Section: string | null;
  Display: string | null;
}

/** One row of Setup's audit trail. */
export interface AuditRow {
  /** ISO 8601, UTC. */
  at: string;
  /** Username; empty for Salesforce itself. */
  by: string;
  /** Who was logged in as that user; empty if nobody was. */
  delegate: string;
  /** The part of Setup, and what was done there, in the org's own names. */
  subject: string;
  /** The org's words for people: free text, in the language of the org. */
  what: string;
}

/** How many rows are read. */
const mostRows = 1000;

/**
 * The newest rows of Setup's audit trail, newest first. The org cannot filter them by app. If the org does not allow
 * reading them, there are none.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_setupaudittrail.htm
 */
export async function readAuditTrail(org: TargetOrg): Promise<AuditRow[]> {
  const soql = `SELECT CreatedDate, CreatedBy.Username, DelegateUser, Action, Section, Display FROM SetupAuditTrail ORDER BY CreatedDate DESC LIMIT ${mostRows}`;
  try {
    return (await queryOrg<AuditTrailRecord>(org, soql)).map((row) => ({
      at: new Date(row.CreatedDate).toISOString(),
      by: row.CreatedBy?.Username ?? "",
      delegate: row.DelegateUser ?? "",
      subject: `${row.Section ?? ""} ${row.Action ?? ""}`,
      what: row.Display ?? "",
    }));
  } catch {
    return [];
  }
}
