import { durationOfMinutes } from "../app/durations.ts";
import { reasonOf } from "../app/reasonOf.ts";
import type { Settings } from "../app/settings.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import type { ConnectedApplicationRecord } from "./records.ts";
import { quoted } from "./soql.ts";

/** Settings of connected apps that only Setup can change. */
export interface SetupSettings {
  /** By API name. A missing app is not installed. */
  apps: ReadonlyMap<string, Settings>;
  /** The org's words if the settings could not be read. */
  unreadable?: string;
}

/**
 * The timeouts of JWT-based access tokens, which the metadata of a connected app does not hold. If they cannot be read,
 * a deploy goes on: the lifetime of a token shows the timeout too.
 */
export async function readConnectedAppSetup(
  org: TargetOrg,
  appNames: readonly string[],
): Promise<SetupSettings> {
  if (appNames.length === 0) return { apps: new Map() };
  const names = appNames.map(quoted).join(", ");
  const soql = `SELECT DeveloperName, NamedUserUvidTimeout FROM ConnectedApplication WHERE DeveloperName IN (${names})`;
  try {
    const records = await queryOrg<ConnectedApplicationRecord>(org, soql, { tooling: true });
    return { apps: new Map(records.map((record) => [record.DeveloperName, settingsOf(record)])) };
  } catch (error) {
    return { apps: new Map(), unreadable: reasonOf(error) };
  }
}

function settingsOf({ NamedUserUvidTimeout }: ConnectedApplicationRecord): Settings {
  const minutes = Number(NamedUserUvidTimeout ?? 0);
  return minutes > 0 ? { "oauth.accessToken.timeout": durationOfMinutes(minutes) } : {};
}
