import { componentType } from "../metadata/componentType.ts";
import { textsAt } from "../metadata/xmlElement.ts";
import type { TargetOrg } from "./connect.ts";
import { retrieveApps } from "./retrieve.ts";

const settings = componentType({ type: "Settings", newName: (name) => name });
const flows = ["blockOAuthUnPwFlow", "blockOAuthUsrAgtFlow"] as const;

/** The switches of an org on which its apps depend. One that the org does not return is off, which is the default. */
export interface OrgSettings {
  /** API Access Control: only apps that an admin approved may be used. */
  approvedAppsOnly: boolean;
  /** REST clients can read consumer secrets of external client apps. */
  secretsByRest: boolean;
  /** Elements of OauthOidcSettings that are on; none of them is about the client credentials flow. */
  blockedFlows: readonly (typeof flows)[number][];
}

/**
 * Reads the switches by one retrieve of the Metadata API.
 *
 * @throws SfError as `retrieveApps`
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_oauthoidcsettings.htm
 */
export async function readOrgSettings(org: TargetOrg): Promise<OrgSettings> {
  const names = ["ConnectedApp", "ExternalClientApp", "OauthOidc"] as const;
  const found = await retrieveApps(
    org,
    names.map((name) => ({ components: [settings], name })),
  );
  const isOn = (name: (typeof names)[number], element: string) => {
    const [file] = found[names.indexOf(name)]?.files ?? [];
    return file !== undefined && textsAt(file.content, [element])[0] === "true";
  };
  return {
    approvedAppsOnly: isOn("ConnectedApp", "enableAdminApprovedAppsOnly"),
    secretsByRest: isOn("ExternalClientApp", "enableClientSecretInRestApiAccess"),
    blockedFlows: flows.filter((element) => isOn("OauthOidc", element)),
  };
}
