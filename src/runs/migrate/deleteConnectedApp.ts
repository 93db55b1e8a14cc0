import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { connectOrg } from "../../org/connect.ts";
import { deleteComponents } from "../../org/deployFiles.ts";
import { retrieveFiles } from "../../org/retrieve.ts";
import type { Deletion } from "../../results/migration.ts";

const waitMilliseconds = 10 * 60_000;

/**
 * Deletes a connected app if its successor exists: an external client app of the same name.
 *
 * @param confirm asks the user; if the answer is no, nothing is deleted
 * @returns undefined if the user said no
 * @throws SfError `AppNotFoundError`, `SuccessorMissingError` or `DeletionFailedError`
 */
export async function deleteConnectedApp(
  name: string,
  targetOrg: string | undefined,
  confirm: (question: string) => Promise<boolean>,
): Promise<Deletion | undefined> {
  const messages = messagesOf("connectedapp.migrate");
  const org = await connectOrg(targetOrg, undefined);
  const [old, successor] = await Promise.all([
    retrieveFiles(org, kinds.ConnectedApp.components, name),
    retrieveFiles(org, kinds.ExternalClientApp.components.slice(0, 1), name),
  ]);
  if (old.length === 0) throw messages.createError("appNotFound", [name, org.name], [org.name]);
  if (successor.length === 0) throw messages.createError("successorMissing", [name, org.name]);
  if (!(await confirm(messages.getMessage("confirmDeletion", [name, org.name])))) return undefined;
  const request = { checkOnly: false, deadline: Date.now() + waitMilliseconds };
  const outcome = await deleteComponents(org, [{ type: "ConnectedApp", fullName: name }], request);
  if (!outcome.success) {
    const reason = outcome.failures.map(({ problem }) => problem).join("; ") || outcome.status;
    throw messages.createError("deletionFailed", [name, org.name, reason]);
  }
  return { name, org: org.name, deployId: outcome.id };
}
