import type { Settings } from "../app/settings.ts";
import { durationOfMinutes } from "../metadata/codecs.ts";
import { answerInTime } from "./answerInTime.ts";
import type { TargetOrg } from "./connect.ts";
import type { ConnectedApplicationRecord } from "./records.ts";
import { quoted } from "./soql.ts";

/** Settings of an app that only Setup can change, and the Id of the record that shows them. */
export interface SetupSettings {
  settings: Settings;
  recordId?: string;
  /** The org's words where it did not let the settings be read. */
  unreadable?: string;
}

/**
 * The timeout of JWT-based access tokens, which no metadata of a connected app holds. Not being able to read it stops no
 * deploy: the lifetime of a token shows it too.
 */
export async function readConnectedAppSetup(org: TargetOrg, appName: string): Promise<SetupSettings> {
  const soql = `SELECT Id, NamedUserUvidTimeout FROM ConnectedApplication WHERE DeveloperName = ${quoted(appName)}`;
  const query = org.connection.tooling.query<ConnectedApplicationRecord>(soql);
  try {
    const { records } = await answerInTime("query of ConnectedApplication", org.name, Promise.resolve(query));
    const [record] = records;
    if (record === undefined) return { settings: {} };
    const minutes = Number(record.NamedUserUvidTimeout ?? 0);
    const settings: Settings = minutes > 0 ? { "oauth.accessToken.timeout": durationOfMinutes(minutes) } : {};
    return { settings, recordId: record.Id };
  } catch (error) {
    return { settings: {}, unreadable: error instanceof Error ? error.message : String(error) };
  }
}
