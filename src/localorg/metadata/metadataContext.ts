import type { Org, OrgUser } from "../org.ts";

/** What the Metadata API needs from the rest of the org. */
export interface MetadataContext {
  org: Org;
  /** All orgs of this process: a consumer key is unique over all of them. */
  allOrgs: Org[];
  /** The user behind a session Id or access token, or undefined. JWT-based tokens are no SOAP session (below API 68). */
  authenticate(token: string, protocol: "soap" | "rest"): Promise<OrgUser | undefined>;
  /** Called after each change, so that an org with a data folder is saved. */
  changed(): void;
}
