import type { KindName } from "../app/desiredApp.ts";
import type { SettingValue } from "../app/settings.ts";
import type { Severity } from "../app/severity.ts";

/** What kind of difference it is. */
export type DriftKind =
  /** A setting differs from the spec. */
  | "setting"
  /** A setting that the spec does not mention. */
  | "unmanaged"
  /** The org has no such app. */
  | "appMissing"
  /** The app is there, but blocked or uninstalled. */
  | "appBlocked"
  | "consumerKey"
  /** The Run As user is gone, inactive, frozen, or no longer API Only. */
  | "runAsUser"
  /** The Run As user has none of the permission sets that let the app in. */
  | "permissionSet"
  /** A check of a fresh token failed. */
  | "verification";

/** A place in a spec; lines and columns count from 1. */
interface SpecPlace {
  file: string;
  line: number;
  column: number;
}

/** One thing in an org that is not as the spec says. */
export interface Drift {
  kind: DriftKind;
  /** Path in the spec, such as `oauth.accessToken.format`; for a verification the id of the check. */
  path: string;
  severity: Severity;
  expected: SettingValue | undefined;
  /** Undefined where the org has nothing. */
  actual: SettingValue | undefined;
  /** What was found, in one sentence, where expected and actual do not say it. */
  detail?: string;
  place: SpecPlace;
  /** What to do, a sentence each. */
  remedy: readonly string[];
}

/** Who changed an app last, as the org tells. */
export interface Change {
  /** ISO 8601, UTC. */
  at: string;
  /** Username or name. */
  by: string;
  /** The org's own words, where it has any. */
  what?: string;
}

/** One app in one environment. */
export interface AppDrift {
  kind: KindName;
  name: string;
  label: string;
  specFile: string;
  /** Name of the spec's environment; undefined where the spec has none. */
  environment: string | undefined;
  /** Alias or username, and what is known of the org where it was reached. */
  org: { name: string; id?: string; instanceUrl?: string };
  state: "inSync" | "drifted" | "unchecked";
  drifts: readonly Drift[];
  /** Newest first; empty where nothing drifted or the org does not tell. */
  changes: readonly Change[];
  /** There where the state is `unchecked`: why, and what to do. */
  failure?: { message: string; actions: readonly string[] };
}

/** An app of an org that issues client-credentials tokens or JWTs, and that no spec claims. */
export interface UnclaimedApp {
  kind: KindName;
  name: string;
  label: string;
  org: { name: string; id?: string; instanceUrl?: string };
  why: readonly ("clientCredentials" | "jwt")[];
}

/** The result of a drift check; the JSON report is exactly this. */
export interface DriftReport {
  /** Version of this form. */
  schemaVersion: 1;
  /** ISO 8601, UTC. */
  checkedAt: string;
  /** Version of the plugin. */
  version: string;
  /** There where this is a part of the whole: the 2nd of 8 is `{index: 2, count: 8}`. */
  shard?: { index: number; count: number };
  apps: readonly AppDrift[];
  /** Undefined where they were not looked for. */
  unclaimed?: readonly UnclaimedApp[];
}
