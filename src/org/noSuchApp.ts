import type { KindName } from "../app/kindName.ts";
import { nearest } from "../app/nearest.ts";
import { messagesOf } from "../messages.ts";
import { SfError } from "../sfError.ts";
import type { TargetOrg } from "./connect.ts";
import { listApps } from "./listApps.ts";

/** How many names help; more of them would hide the rest. */
const mostNames = 20;

/**
 * Looks for an app by its API name among all that the org lists: its kind, or the error that says which apps there are.
 *
 * @throws SfError as `listApps`
 */
export async function kindInOrg(org: TargetOrg, name: string): Promise<KindName | SfError> {
  const apps = await listApps(org, ["ExternalClientApp", "ConnectedApp"]);
  return apps.find((app) => app.name === name)?.kind ?? noSuchApp(org, name, apps);
}

function noSuchApp(org: TargetOrg, name: string, apps: readonly { name: string }[]): SfError {
  const messages = messagesOf("org");
  const names = apps.map((app) => app.name);
  const meant = nearest(name, names);
  const shown = names.slice(0, mostNames).join(", ");
  return SfError.create({
    name: "NoSuchAppError",
    message: [
      messages.getMessage("noSuchApp", [org.name, name]),
      ...(meant === undefined ? [] : [messagesOf("spec").getMessage("didYouMean", [meant])]),
    ].join(" "),
    actions:
      names.length === 0
        ? messages.getMessages("noSuchApp.none", [org.username, org.name])
        : messages.getMessages("noSuchApp.shown", [names.length > mostNames ? `${shown} …` : shown]),
  });
}
