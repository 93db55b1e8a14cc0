import type { Org } from "../org.ts";

/** What the Metadata API needs from the rest of the org. */
export interface MetadataContext {
  org: Org;
  /** All orgs of this process: a consumer key is unique over all of them. */
  allOrgs: Org[];
  /** Called after each change, so that an org with a data folder is saved. */
  changed(): void;
}
