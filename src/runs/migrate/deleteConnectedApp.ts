import { shellWord } from "../../app/shellWord.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { readApp } from "../../metadata/read.ts";
import { readAppUse } from "../../org/appUse.ts";
import { connectOrg } from "../../org/connect.ts";
import { deleteComponents } from "../../org/deployFiles.ts";
import { retrieveFiles } from "../../org/retrieve.ts";
import { requireUnused } from "../../results/appUse.ts";
import type { Deletion } from "../../results/migration.ts";
import { changeApp } from "../appInOrg/changeApp.ts";

const waitMilliseconds = 10 * 60_000;

/**
 * Deletes a connected app if its successor exists, an external client app of the same name, and if nobody has used the
 * old app lately.
 *
 * @param evenIfUsed delete it also if it was used, or if nobody can know
 * @param confirm asks the user; if the answer is no, nothing is deleted
 * @param onWait is told which other run this one waits for
 * @returns undefined if the user said no
 * @throws SfError `AppNotFoundError`, `SuccessorMissingError`, `DeletionFailedError`, or as `requireUnused`
 */
export async function deleteConnectedApp(
  name: string,
  targetOrg: string | undefined,
  evenIfUsed: boolean,
  confirm: (question: string) => Promise<boolean>,
  onWait: (text: string) => void,
): Promise<Deletion | undefined> {
  const messages = messagesOf("connectedapp.migrate");
  const org = await connectOrg(targetOrg, undefined);
  const [old, successor] = await Promise.all([
    retrieveFiles(org, kinds.ConnectedApp.components, name),
    retrieveFiles(org, kinds.ExternalClientApp.components.slice(0, 1), name),
  ]);
  if (old.length === 0) throw messages.createError("appNotFound", [name, org.name], [org.name]);
  if (successor.length === 0) throw messages.createError("successorMissing", [name, org.name]);
  if (!evenIfUsed) {
    const { settings } = readApp("ConnectedApp", old);
    const runAs = settings["oauth.clientCredentials.runAs"];
    const app = { label: settings.label ?? name, name, runAs: runAs === undefined ? [] : [runAs] };
    requireUnused(await readAppUse(org, app), { name, org: org.name, flag: "--even-if-used" });
  }
  if (!(await confirm(messages.getMessage("confirmDeletion", [name, org.name])))) return undefined;
  const deadline = Date.now() + waitMilliseconds;
  const command = `sf cpq connectedapp migrate --name ${shellWord(name)} --target-org ${shellWord(org.name)} --delete-old`;
  const about = { org, app: { kind: "ConnectedApp" as const, name }, command };
  const outcome = await changeApp(about, { deadline, onWait }, (journal) =>
    journal.step("delete", () =>
      deleteComponents(org, [{ type: "ConnectedApp", fullName: name }], {
        checkOnly: false,
        deadline,
        ...journal.deploys,
      }),
    ),
  );
  if (!outcome.success) {
    const reason = outcome.failures.map(({ problem }) => problem).join("; ") || outcome.status;
    throw messages.createError("deletionFailed", [name, org.name, reason]);
  }
  return { name, org: org.name, deployId: outcome.id };
}
