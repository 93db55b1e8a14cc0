import { randomUUID } from "node:crypto";
import type { MetadataFile } from "../../metadata/kind.ts";
import { kinds } from "../../metadata/kinds.ts";
import { element } from "../../metadata/xmlElement.ts";
import type { TargetOrg } from "../../org/connect.ts";
import { deployFiles, refusalReason } from "../../org/deployFiles.ts";

const waitMilliseconds = 10 * 60_000;

/** Whether an org takes new connected apps, and its own words if it does not. */
export interface Creation {
  /** Undefined if the org refused for another reason. */
  isAllowed: boolean | undefined;
  words: string;
}

/**
 * Lets the org check the deploy of a connected app that does not exist. No setting tells whether new ones are blocked, as
 * they are by default since Spring '26.
 *
 * @throws SfError as `deployFiles`
 */
export async function mayCreateConnectedApp(org: TargetOrg): Promise<Creation> {
  const [component] = kinds.ConnectedApp.components;
  if (component === undefined) throw new Error("A connected app has no component.");
  const name = `Doctor_${randomUUID().slice(0, 8)}`;
  const content = element("ConnectedApp", "", [
    element("contactEmail", "nobody@example.com"),
    element("label", name),
  ]);
  const file: MetadataFile = { component, fullName: name, content };
  const deadline = Date.now() + waitMilliseconds;
  const { success, failures, status } = await deployFiles(org, [file], { checkOnly: true, deadline });
  const words = refusalReason(failures, status);
  if (success) return { isAllowed: true, words };
  return { isAllowed: /can.t create a connected app/i.test(words) ? false : undefined, words };
}
