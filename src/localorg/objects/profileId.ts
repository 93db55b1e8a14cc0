import type { Org } from "../org.ts";
import { derivedId } from "../salesforceId.ts";

/** The Id of a profile, which is known by its name alone. */
export function profileId(org: Org, profileName: string): string {
  return derivedId("00e", org.id, profileName);
}
