import { durationOfMinutes } from "../app/durations.ts";
import { reasonOf } from "../app/reasonOf.ts";
import type { Settings } from "../app/settings.ts";
import type { TargetOrg } from "./connect.ts";
import { queryOrg } from "./queryOrg.ts";
import type { ConnectedApplicationRecord } from "./records.ts";
import { quoted } from "./soql.ts";

/** What Setup shows of a connected app. */
interface SetupApp {
  /** Those that only Setup can change. */
  settings: Settings;
  /** Who changed the app last, and when. */
  lastChange?: { by: string; at: string };
  /** Since when the org has the app, in ISO 8601. */
  createdAt?: string;
}

/** What Setup shows of connected apps. */
export interface SetupSettings {
  /** By API name. A missing app is not installed. */
  apps: ReadonlyMap<string, SetupApp>;
  /** The org's words if the settings could not be read. */
  unreadable?: string;
}

/**
 * What the metadata of a connected app does not hold: the timeout of its JWT-based access tokens, and when it was changed. If
 * they cannot be read, a deploy goes on: the lifetime of a token shows the timeout too.
 */
export async function readConnectedAppSetup(
  org: TargetOrg,
  appNames: readonly string[],
): Promise<SetupSettings> {
  if (appNames.length === 0) return { apps: new Map() };
  const names = appNames.map(quoted).join(", ");
  const soql = `SELECT DeveloperName, NamedUserUvidTimeout, CreatedDate, LastModifiedDate, LastModifiedBy.Name FROM ConnectedApplication WHERE DeveloperName IN (${names})`;
  try {
    const records = await queryOrg<ConnectedApplicationRecord>(org, soql, { tooling: true });
    return { apps: new Map(records.map((record) => [record.DeveloperName, setupOf(record)])) };
  } catch (error) {
    return { apps: new Map(), unreadable: reasonOf(error) };
  }
}

function setupOf(record: ConnectedApplicationRecord): SetupApp {
  const { NamedUserUvidTimeout, CreatedDate, LastModifiedDate, LastModifiedBy } = record;
  const minutes = Number(NamedUserUvidTimeout ?? 0);
  const [createdAt, changedAt] = [CreatedDate, LastModifiedDate].map(inIso8601);
  return {
    settings: minutes > 0 ? { "oauth.accessToken.timeout": durationOfMinutes(minutes) } : {},
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(changedAt === undefined ? {} : { lastChange: { by: LastModifiedBy?.Name ?? "", at: changedAt } }),
  };
}

/** An org writes `+0000` for UTC, which not everybody reads. */
function inIso8601(time: string | null): string | undefined {
  const milliseconds = Date.parse(time ?? "");
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}
