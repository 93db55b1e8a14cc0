import { messagesOf } from "../../messages.ts";
import type { MetadataFile } from "../../metadata/kind.ts";
import type { DeployOutcome } from "../../org/deployFiles.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";

/** The files that are new, as far as the org was seen. */
export function newFiles({ reading }: AppInOrg, files: readonly MetadataFile[]): MetadataFile[] {
  return files.filter(({ component }) => !reading.files.some((file) => file.component === component));
}

/**
 * A part that the org has but does not show cannot be updated: everything that the spec does not mention would be lost.
 *
 * @throws SfError `HiddenPartError` if the org changed, or would change, a part that was believed to be new
 */
export function requireNew(
  app: AppInOrg,
  files: readonly MetadataFile[],
  { saved }: Pick<DeployOutcome, "saved">,
): void {
  const hidden = newFiles(app, files).filter(({ component: { type }, fullName }) =>
    saved.some((part) => part.type === type && part.fullName === fullName && !part.created),
  );
  if (hidden.length > 0) throw hiddenPart(app, hidden);
}

/** The error for such parts. */
export function hiddenPart(
  { org, desired }: AppInOrg,
  parts: readonly Pick<MetadataFile, "component" | "fullName">[],
) {
  const messages = messagesOf("externalClientApp");
  const titles = parts.map(
    ({ component: { type }, fullName }) => `${messages.getMessage(`part.${type}`)} (${fullName})`,
  );
  const list = titles.join(", ");
  return messages.createError("hiddenPart", [org.name, desired.name, org.username, list], [org.name]);
}
