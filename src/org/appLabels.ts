import { reasonOf } from "../app/reasonOf.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";

const mostApps = 10_000;

/**
 * The labels of all apps of an org, of both kinds, as often as apps have them; undefined if the org does not allow
 * reading them.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_connectedapplication.htm
 */
export async function readAppLabels(org: TargetOrg): Promise<string[] | undefined> {
  try {
    const [connectedApps, externalClientApps] = await Promise.all([
      queryOrg<{ Name: string }>(org, "SELECT Name FROM ConnectedApplication", { upTo: mostApps }),
      readExternalClientApps(org),
    ]);
    return [...connectedApps.map(({ Name }) => Name), ...externalClientApps];
  } catch {
    return undefined;
  }
}

/** An org that is too old for external client apps has none of them. */
async function readExternalClientApps(org: TargetOrg): Promise<string[]> {
  const soql = "SELECT MasterLabel FROM ExternalClientApplication";
  try {
    const rows = await queryOrg<{ MasterLabel: string }>(org, soql, { upTo: mostApps });
    return rows.map(({ MasterLabel }) => MasterLabel);
  } catch (error) {
    if (/\bINVALID_TYPE\b/.test(reasonOf(error))) return [];
    throw error;
  }
}
