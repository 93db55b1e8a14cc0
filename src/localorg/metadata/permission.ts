import type { OrgUser } from "../org.ts";

/** What a user hears who may not change metadata. */
export const NOT_ALLOWED =
  "use of the Metadata API requires a user with the ModifyAllData or ModifyMetadata permissions";

/** Only administrators may use the Metadata API of a local org. */
export function mayChangeMetadata(user: OrgUser): boolean {
  return user.profileName === "System Administrator";
}
