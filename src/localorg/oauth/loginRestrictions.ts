import { BlockList, isIPv4, isIPv6 } from "node:net";
import type { Org, OrgProfile, OrgUser } from "../org.ts";
import { orgTime } from "../timeZone.ts";

/** The profile of a user. */
function profileOf(org: Org, user: OrgUser): OrgProfile | undefined {
  return org.profiles.find(({ name }) => name === user.profileName);
}

/**
 * Whether a user may log in at this moment.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_profile.htm
 */
export function withinLoginHours(org: Org, user: OrgUser): boolean {
  const { weekday, minute } = orgTime(org.behaviour.now());
  const hours = profileOf(org, user)?.loginHours?.[weekday];
  return hours === undefined || (minute >= hours.start && minute < hours.end);
}

/** Whether a user may log in from this address. */
export function withinIpRanges(org: Org, user: OrgUser, sourceIp: string): boolean {
  const ranges = profileOf(org, user)?.loginIpRanges ?? [];
  const allowed = new BlockList();
  for (const { start, end } of ranges) allowed.addRange(start, end, isIPv6(start) ? "ipv6" : "ipv4");
  return ranges.length === 0 || allowed.check(sourceIp, isIPv4(sourceIp) ? "ipv4" : "ipv6");
}

/** Minutes after which a session of a user ends: the profile's own timeout, or the org's. */
export function sessionTimeoutMinutes(org: Org, user: OrgUser): number {
  return profileOf(org, user)?.sessionTimeoutMinutes ?? org.sessionTimeoutMinutes;
}
