import { durationOfMinutes } from "../app/durations.ts";
import { reasonOf } from "../app/reasonOf.ts";
import type { Settings } from "../app/settings.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import type { ConnectedApplicationRecord } from "./records.ts";
import { quoted } from "./soql.ts";

/** Settings of connected apps that only Setup can change. */
export interface SetupSettings {
  /** By API name; an app that is missing is not installed. */
  apps: ReadonlyMap<string, Settings>;
  /** The org's words where it did not let the settings be read. */
  unreadable?: string;
}

/**
 * The timeouts of JWT-based access tokens, which no metadata of a connected app holds. Not being able to read them stops
 * no deploy: the lifetime of a token shows it too.
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
