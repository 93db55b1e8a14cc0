import { administratorUsername } from "../localorg/administrator.ts";
import { foreignAliases } from "../localorg/salesforceCli/authorizations.ts";
import { runningOrgs } from "../localorg/salesforceCli/stopRunning.ts";
import type { LocalOrgsOptions } from "../localorg/start.ts";
import { messagesOf } from "../messages.ts";

/**
 * Makes sure that local orgs can be started: none is running, and no alias belongs to an org of the user.
 *
 * @throws SfError `AlreadyRunningError` or `AliasTakenError`
 */
export async function prepareStart({ orgs = [] }: LocalOrgsOptions): Promise<void> {
  const messages = messagesOf("localorg.start");
  const running = await runningOrgs();
  if (running !== undefined) {
    const aliases = running.orgs.map(({ alias }) => alias).join(", ");
    throw messages.createError("alreadyRunning", [running.pid, aliases]);
  }
  const wanted = orgs.map(({ name }) => ({ alias: `local-${name}`, username: administratorUsername(name) }));
  const [taken] = await foreignAliases(wanted);
  if (taken !== undefined) {
    throw messages.createError("aliasTaken", [taken.alias, taken.username], [taken.alias]);
  }
}
