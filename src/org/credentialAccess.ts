import { messagesOf } from "../messages.ts";
import { componentType } from "../metadata/componentType.ts";
import type { MetadataFile } from "../metadata/kind.ts";
import { element, textsAt, withTexts, type XmlElement } from "../metadata/xmlElement.ts";
import type { TargetOrg } from "./connect.ts";
import { deployFiles } from "./deployFiles.ts";
import { retrieveFiles } from "./retrieve.ts";

const settings = componentType({ type: "Settings", newName: (name) => name });
const access = "enableClientSecretInRestApiAccess";
const waitMilliseconds = 10 * 60_000;

/**
 * Does some work while REST clients can read consumer secrets of the org, and then restores the org's former value,
 * even if the work fails.
 *
 * @param work is told whether access was switched on for it
 * @throws SfError `CredentialAccessNotSetError` if the org refuses the setting; what the work throws
 */
export async function withCredentialAccess<Result>(
  org: TargetOrg,
  work: (isNew: boolean) => Promise<Result>,
): Promise<Result> {
  const [file] = await retrieveFiles(org, [settings], "ExternalClientApp");
  const former = file?.content ?? element("ExternalClientAppSettings");
  if (textsAt(former, [access])[0] === "true") return work(false);
  await deploySettings(org, withTexts(former, [access], ["true"]));
  try {
    return await work(true);
  } finally {
    await deploySettings(org, withTexts(former, [access], ["false"]));
  }
}

async function deploySettings(org: TargetOrg, content: XmlElement): Promise<void> {
  const file: MetadataFile = { component: settings, fullName: "ExternalClientApp", content };
  const request = { checkOnly: false, deadline: Date.now() + waitMilliseconds };
  const { success, failures, status } = await deployFiles(org, [file], request);
  if (success) return;
  const reason = failures.map(({ problem }) => problem).join("; ") || status;
  throw messagesOf("org").createError("credentialAccessNotSet", [
    org.name,
    textsAt(content, [access])[0] ?? "",
    reason,
  ]);
}
