import { administrator } from "../../administrator.ts";
import { profileId } from "../../objects/profileId.ts";
import { type Org, type OrgProfile, weekdays } from "../../org.ts";
import { profileApiName } from "../../profiles.ts";
import type { XmlElement } from "../xmlElement.ts";
import { ComponentProblem } from "./componentProblem.ts";
import { textElement } from "./elements.ts";
import type { MetadataType } from "./metadataType.ts";
import { type ComplexType, list, optional, required } from "./schema.ts";

const loginHours: ComplexType = {
  name: "ProfileLoginHours",
  elements: Object.fromEntries(
    weekdays
      .flatMap((day) => [`${day}End`, `${day}Start`])
      .sort()
      .map((name) => [name, optional("string")]),
  ),
};

const profileSchema: ComplexType = {
  name: "Profile",
  elements: {
    custom: required("boolean"),
    fullName: optional("string"),
    loginHours: optional(loginHours),
    loginIpRanges: list({
      name: "ProfileLoginIpRange",
      elements: {
        description: optional("string"),
        endAddress: required("string"),
        startAddress: required("string"),
      },
    }),
    userLicense: optional("string"),
    userPermissions: list({
      name: "ProfileUserPermission",
      elements: { enabled: required("boolean"), name: required("string") },
    }),
  },
};

/**
 * Profiles, which a local org lets be read only: who may log in with them, when and from where, and what they grant.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_profile.htm
 */
export const profileType: MetadataType = {
  name: "Profile",
  schemaOf: () => profileSchema,
  directoryName: "profiles",
  suffix: "profile",
  components: (org) =>
    org.profiles
      .map((profile) => ({
        id: profileId(org, profile.name),
        fullName: profileApiName(profile.name),
        content: contentOf(profile),
        ...madeBySalesforce(org),
      }))
      .sort((one, other) => (one.fullName < other.fullName ? -1 : 1)),
  save: () => {
    throw new ComponentProblem("Profiles of a local org cannot be deployed.");
  },
  remove: () => undefined,
};

function contentOf({ loginHours: hours = {}, loginIpRanges, permissions }: OrgProfile): XmlElement {
  const parent = (name: string, children: XmlElement[]): XmlElement => ({ name, text: "", children });
  const times = Object.entries(hours)
    .flatMap(([day, { start, end }]) => [
      textElement(`${day}End`, String(end)),
      textElement(`${day}Start`, String(start)),
    ])
    .sort((one, other) => (one.name < other.name ? -1 : 1));
  return parent("Profile", [
    textElement("custom", "false"),
    ...(times.length === 0 ? [] : [parent("loginHours", times)]),
    ...loginIpRanges.map(({ start, end }) =>
      parent("loginIpRanges", [textElement("endAddress", end), textElement("startAddress", start)]),
    ),
    ...permissions.map((permission) =>
      parent("userPermissions", [textElement("enabled", "true"), textElement("name", permission)]),
    ),
  ]);
}

function madeBySalesforce(org: Org) {
  const { createdAt } = org;
  const { id } = administrator(org);
  return { createdAt, createdById: id, modifiedAt: createdAt, modifiedById: id };
}
