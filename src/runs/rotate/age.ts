import { messagesOf } from "../../messages.ts";
import { machineStore } from "../../secrets/machineStore.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";

/** Since when an app has its key and secret, as far as this machine knows. */
export interface Age {
  /** ISO 8601; undefined if nobody here knows. */
  since: string | undefined;
}

/** The org does not tell how old a secret is. The store of this machine knows when it got the pair. */
export function ageOf({ org, desired, reading }: Pick<AppInOrg, "org" | "desired" | "reading">): Age {
  const entry = machineStore()
    .list()
    .find(
      ({ orgId, kind, appName, key }) =>
        orgId === org.id &&
        kind === desired.kind &&
        appName === desired.name &&
        key === reading.actual?.consumerKey,
    );
  return { since: entry?.storedAt };
}

/**
 * Whether the secret is younger than it may be.
 *
 * @param longest in milliseconds; without it, every secret is old enough
 * @throws SfError `AgeUnknownError`
 */
export function isYounger(
  { desired, org }: Pick<AppInOrg, "org" | "desired">,
  { since }: Age,
  longest: number | undefined,
): boolean {
  if (longest === undefined) return false;
  if (since === undefined) throw messagesOf("rotation").createError("ageUnknown", [desired.name, org.name]);
  return Date.now() - Date.parse(since) < longest;
}
