import type { DesiredApp } from "../../app/desiredApp.ts";
import { messagesOf } from "../../messages.ts";
import { unseenParts } from "../../metadata/unseenParts.ts";
import type { AppDrift } from "../../results/drift.ts";
import type { AppReading } from "../appInOrg/readOrg.ts";

/**
 * Why settings of the spec were not compared: the org did not show the parts that hold them. They may well be right, so
 * they are not drift.
 */
export function uncompared(
  { kind, name, settings: desired }: DesiredApp,
  { actual, files, seesApps }: Pick<AppReading, "actual" | "files" | "seesApps">,
  orgName: string,
): AppDrift["failure"] {
  const messages = messagesOf("externalClientApp");
  if (actual === undefined && seesApps === false)
    return {
      message: messages.getMessage("hiddenApp", [orgName, name]),
      actions: messages.getMessages("hiddenApp.actions", [orgName]),
    };
  const parts = unseenParts({ kind, files })
    .map((part) => ({ ...part, settings: part.settings.filter((path) => desired[path] !== undefined) }))
    .filter(({ settings }) => settings.length > 0);
  if (actual === undefined || parts.length === 0) return undefined;
  const titles = parts.map(({ component: { type } }) => messages.getMessage(`part.${type}`));
  const paths = parts.flatMap(({ settings }) => settings);
  return {
    message: messages.getMessage("unseen", [orgName, titles.join(", "), name, paths.join(", ")]),
    actions: messages.getMessages("unseen.actions", [orgName]),
  };
}
