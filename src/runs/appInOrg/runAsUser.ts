import type { DesiredApp } from "../../app/desiredApp.ts";
import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import type { OrgUser } from "../../org/users.ts";
import type { AppInOrg } from "./appInOrg.ts";
import type { OrgReading } from "./readOrg.ts";

/** The Run As user of a spec among the users that were found in the org. */
export function runAsUser(desired: DesiredApp, reading: Pick<OrgReading, "users">): OrgUser | undefined {
  const runAs = desired.settings["oauth.clientCredentials.runAs"]?.toLowerCase();
  return reading.users.find(({ username }) => username.toLowerCase() === runAs);
}

/**
 * Without this, only a failed deploy would show that the Run As user does not exist in the org, or is inactive.
 *
 * @throws SfError `RunAsNotFoundError`, `RunAsSimilarError` or `RunAsInactiveError`
 */
export function requireRunAsUser({ spec, desired, reading, org }: AppInOrg): void {
  const path = "oauth.clientCredentials.runAs";
  const runAs = desired.settings[path];
  if (runAs === undefined) return;
  const messages = messagesOf("deploy");
  const place = placeOf(spec.locate(path));
  const user = runAsUser(desired, reading);
  if (user === undefined) {
    const similar = reading.users.map(({ username }) => username).join(", ");
    throw similar === ""
      ? messages.createError("runAsNotFound", [place, runAs, org.name], [org.name])
      : messages.createError("runAsSimilar", [place, runAs, org.name, similar]);
  }
  if (!user.isActive) throw messages.createError("runAsInactive", [place, runAs, org.name], [runAs]);
}
