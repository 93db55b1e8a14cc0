import { messagesOf } from "../../messages.ts";
import type { TargetOrg } from "../../org/connect.ts";
import { deleteComponents } from "../../org/deployFiles.ts";
import type { Journal } from "./journal.ts";

/**
 * Deletes a connected app. Whether anybody still uses it has been asked before.
 *
 * @param deadline milliseconds since the epoch
 * @returns Id of the deploy
 * @throws SfError `DeletionFailedError`
 */
export async function removeConnectedApp(
  org: TargetOrg,
  name: string,
  { journal, deadline }: { journal: Journal; deadline: number },
): Promise<string> {
  const outcome = await journal.step("delete", () =>
    deleteComponents(org, [{ type: "ConnectedApp", fullName: name }], {
      checkOnly: false,
      deadline,
      ...journal.deploys,
    }),
  );
  if (outcome.success) return outcome.id;
  const reason = outcome.failures.map(({ problem }) => problem).join("; ") || outcome.status;
  throw messagesOf("connectedapp.migrate").createError("deletionFailed", [name, org.name, reason]);
}
