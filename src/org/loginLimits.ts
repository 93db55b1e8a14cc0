import { messagesOf } from "../messages.ts";
import { componentType } from "../metadata/componentType.ts";
import { elementsAt, textsAt, type XmlElement } from "../metadata/xmlElement.ts";
import { askOrg } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import { retrieveFiles } from "./retrieve.ts";
import { asList } from "./soapList.ts";
import { quoted } from "./soql.ts";

const profileType = componentType({ type: "Profile", newName: (name) => name });
const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** When and from where the users of a profile may log in. */
export interface LoginLimits {
  /** Display name of the profile. */
  profile: string;
  /** The days with a limit; minutes since midnight in the org's time zone, equal if nobody may log in. */
  hours: { day: (typeof days)[number]; from: number; to: number }[];
  /** The addresses; none means any. */
  ranges: { start: string; end: string }[];
}

/** What a user is licensed for. */
export interface Licenses {
  /** Name of the user license. */
  user: string;
  /** Labels of the permission set licenses. */
  permissionSets: string[];
}

interface ProfiledUser {
  Id: string;
  ProfileId: string;
  Profile: { Name: string; UserLicense: { Name: string } | null } | null;
}

/**
 * The login hours and addresses of a user's profile, which only the Metadata API tells; undefined if the org has no such
 * user.
 *
 * @throws SfError as `askOrg` and `retrieveFiles`
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_profile.htm
 */
export async function readLoginLimits(org: TargetOrg, username: string): Promise<LoginLimits | undefined> {
  const { metadata, version } = org.connection;
  const [user, listed] = await Promise.all([
    readUser(org, username),
    askOrg(org, messagesOf("org").getMessage("call.list", ["Profile"]), () =>
      metadata.list([{ type: "Profile" }], version),
    ),
  ]);
  if (user === undefined) return undefined;
  const own = asList(listed).find(({ id }) => id.slice(0, 15) === user.ProfileId.slice(0, 15));
  const name = own === undefined ? "" : decodeURIComponent(own.fullName);
  const [file] = await retrieveFiles(org, [profileType], name);
  if (file === undefined)
    throw messagesOf("org").createError("profileUnseen", [user.Profile?.Name ?? "", org.name]);
  return {
    profile: user.Profile?.Name ?? name,
    hours: hoursOf(file.content),
    ranges: rangesOf(file.content),
  };
}

/** What a user is licensed for; undefined if the org has no such user. @throws SfError as `askOrg` */
export async function readLicenses(org: TargetOrg, username: string): Promise<Licenses | undefined> {
  const soql = `SELECT PermissionSetLicense.MasterLabel FROM PermissionSetLicenseAssign WHERE Assignee.Username = ${quoted(username)}`;
  const [user, assigned] = await Promise.all([
    readUser(org, username),
    queryOrg<{ PermissionSetLicense: { MasterLabel: string } | null }>(org, soql),
  ]);
  return (
    user && {
      user: user.Profile?.UserLicense?.Name ?? "",
      permissionSets: assigned.flatMap(({ PermissionSetLicense }) => PermissionSetLicense?.MasterLabel ?? []),
    }
  );
}

async function readUser(org: TargetOrg, username: string): Promise<ProfiledUser | undefined> {
  const soql = `SELECT Id, ProfileId, Profile.Name, Profile.UserLicense.Name FROM User WHERE Username = ${quoted(username)}`;
  const [user] = await queryOrg<ProfiledUser>(org, soql);
  return user;
}

function hoursOf(profile: XmlElement): LoginLimits["hours"] {
  const minutes = (name: string) => textsAt(profile, ["loginHours", name])[0];
  return days.flatMap((day) => {
    const [from, to] = [minutes(`${day}Start`), minutes(`${day}End`)];
    return from === undefined || to === undefined ? [] : [{ day, from: Number(from), to: Number(to) }];
  });
}

function rangesOf(profile: XmlElement): LoginLimits["ranges"] {
  return elementsAt(profile, ["loginIpRanges"]).map((range) => ({
    start: textsAt(range, ["startAddress"])[0] ?? "",
    end: textsAt(range, ["endAddress"])[0] ?? "",
  }));
}
