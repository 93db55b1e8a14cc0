import type { Org, OrgUser } from "./org.ts";

/** The administrator of an org: the first user with that profile. */
export function administrator(org: Org): OrgUser {
  const admin = org.users.find((user) => user.profileName === "System Administrator");
  if (!admin) throw new Error(`The org ${org.name} has no administrator.`);
  return admin;
}

/** The administrator's username in an org of that name. */
export function administratorUsername(orgName: string): string {
  return `admin@${orgName}.example.com`;
}
