import { messagesOf } from "../messages.ts";
import { askOrg } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import { asList } from "./soapList.ts";
import { quoted } from "./soql.ts";

/** A profile. Metadata files give its API name; people and external client apps use its display name. */
export interface Profile {
  /** API name, such as `Admin`. */
  name: string;
  /** Display name in the org's language, such as `System Administrator`. */
  label: string;
}

/**
 * The English names of Salesforce's own profiles.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_profile.htm
 */
const englishLabels: Readonly<Record<string, string>> = {
  Admin: "System Administrator",
  ContractManager: "Contract Manager",
  MarketingProfile: "Marketing User",
  ReadOnly: "Read Only",
  SolutionManager: "Solution Manager",
  Standard: "Standard User",
  StandardAul: "Standard Platform User",
};

interface ProfileRecord {
  Id: string;
  Name: string;
}

/** The profiles whose API name or display name is one of the names, in the words of the question. */
export async function findProfiles(org: TargetOrg, names: readonly string[]): Promise<Profile[]> {
  if (names.length === 0) return [];
  const labels = names.map((name) => englishLabels[name] ?? name);
  const found = await readProfiles(org, `Name IN (${[...names, ...labels].map(quoted).join(", ")})`);
  const known = names.flatMap((name): Profile[] => {
    const label = [name, englishLabels[name]].find((one) => found.some(({ Name }) => Name === one));
    return label === undefined ? [] : [{ name, label }];
  });
  const unknown = names.filter((name) => !known.some((profile) => profile.name === name));
  return [...known, ...(await findByApiName(org, unknown))];
}

/** In an org with another language, only the list of metadata tells which profile has which API name. */
async function findByApiName(org: TargetOrg, names: readonly string[]): Promise<Profile[]> {
  if (names.length === 0) return [];
  const { metadata, version } = org.connection;
  const list = () => metadata.list([{ type: "Profile" }], version);
  const listed = asList(
    await askOrg(org, messagesOf("org").getMessage("call.list", ["Profile"]), list).catch(unlessUnknown),
  );
  const wanted = listed.filter(({ fullName }) => names.includes(decodeURIComponent(fullName)));
  if (wanted.length === 0) return [];
  const records = await readProfiles(org, `Id IN (${wanted.map(({ id }) => quoted(id)).join(", ")})`);
  return wanted.flatMap(({ fullName, id }) => {
    const record = records.find(({ Id }) => Id.slice(0, 15) === id.slice(0, 15));
    return record === undefined ? [] : [{ name: decodeURIComponent(fullName), label: record.Name }];
  });
}

/** Some users see no metadata of profiles. */
function unlessUnknown(error: unknown): [] {
  if (error instanceof Error && /INVALID_TYPE/.test(error.message)) return [];
  throw error;
}

function readProfiles(org: TargetOrg, condition: string): Promise<ProfileRecord[]> {
  return queryOrg<ProfileRecord>(org, `SELECT Id, Name FROM Profile WHERE ${condition}`);
}
