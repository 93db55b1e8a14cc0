import type { Org, OrgUser } from "./org.ts";

/** The administrator of an org: the first user, since it is made with the org. */
export function administrator(org: Org): OrgUser {
  const admin = org.users.find((user) => user.profileName === "System Administrator");
  if (!admin) throw new Error(`The org ${org.name} has no administrator.`);
  return admin;
}
