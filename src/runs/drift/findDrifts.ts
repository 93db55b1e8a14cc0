import type { ActualApp } from "../../app/actualApp.ts";
import { compare, unmentioned } from "../../app/compare.ts";
import type { RunAsFacts } from "../../app/orgFacts.ts";
import { secretReference } from "../../app/secretReference.ts";
import { blockOf, type SettingPath, type SettingValue, settingDefinitions } from "../../app/settings.ts";
import { bySeverity } from "../../app/severity.ts";
import { shellWord } from "../../app/shellWord.ts";
import { messagesOf } from "../../messages.ts";
import type { KeyPart } from "../../messageText.ts";
import { kinds } from "../../metadata/kinds.ts";
import { unknownSettings } from "../../metadata/unseenParts.ts";
import type { TargetOrg } from "../../org/connect.ts";
import type { Drift, DriftKind } from "../../results/drift.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";

/** An app in its org, and what drift asks besides. */
export interface CheckedApp extends Omit<AppInOrg, "org" | "allowed"> {
  org: Pick<TargetOrg, "name">;
  /** The Run As user that the spec names; undefined if the org has none of that name. */
  runAs: RunAsFacts | undefined;
  /** Whether the Run As user has one of the spec's permission sets; undefined if it was not asked. */
  permissionSetAssigned: boolean | undefined;
  /** The key that the spec or the store expects; undefined if neither knows it. */
  consumerKey: string | undefined;
}

const messages = messagesOf("connectedapp.drift");

/**
 * Everything that does not match the spec, the most severe first. Pure.
 *
 * @param strict whether settings that the spec does not mention count too
 */
export function findDrifts(app: CheckedApp, strict: boolean): Drift[] {
  const { actual } = app.reading;
  // An app that may be hidden is not missing.
  if (actual === undefined && app.reading.seesApps === false) return [];
  if (actual === undefined)
    return [
      drift(app, "appMissing", "name", {
        severity: "security",
        remedy: messages.getMessages("appMissing.remedy", [flagsOf(app)]),
        detail: messages.getMessage("appMissing.detail", [app.desired.name]),
      }),
    ];
  return [
    ...settingDrifts(app, actual),
    ...(strict ? unmentionedDrifts(app, actual) : []),
    ...blockedDrifts(app, actual),
    ...keyDrifts(app, actual),
    ...runAsDrifts(app),
  ].sort(bySeverity);
}

function settingDrifts(app: CheckedApp, actual: ActualApp): Drift[] {
  const { desired, reading } = app;
  const { setupOnly } = kinds[desired.kind];
  // Setup says nothing about an app that is not installed.
  const setupKnown = reading.setupUnreadable === undefined && reading.installed !== false;
  const unknown = unknownSettings({ kind: desired.kind, files: reading.files });
  return compare(desired.settings, actual.settings, desired)
    .filter(({ path }) => !unknown.includes(path) && (setupKnown || !setupOnly.includes(path)))
    .map(({ path, expected, actual: found }) =>
      drift(app, "setting", path, {
        severity: settingDefinitions[path].severity,
        expected,
        actual: found,
        remedy: setupOnly.includes(path)
          ? messages.getMessages("setupOnly.remedy", [labelOf(app), flagsOf(app), path])
          : messages.getMessages("setting.remedy", [flagsOf(app), flagsOf(app), path]),
      }),
    );
}

function unmentionedDrifts(app: CheckedApp, actual: ActualApp): Drift[] {
  const { kind } = app.desired;
  const { fields } = kinds[kind];
  // Nobody made a change if Salesforce, or a deploy of this spec, sets such a value by itself.
  const usual = (path: SettingPath) =>
    fields.filter(({ setting }) => setting === path).flatMap(({ required, initial }) => [required, initial]);
  // A block that the spec has says by itself that it is there.
  const isBlock = (path: SettingPath) =>
    fields.some((field) => field.setting === path && "isPresence" in field) &&
    Object.keys(app.desired.settings).some((said) => said.startsWith(`${blockOf(path)}.`));
  return unmentioned(app.desired.settings, actual.settings, kind)
    .map((found) => ({ ...found, ...settingDefinitions[found.path] }))
    .filter(({ path, value, madeByOrg }) => !madeByOrg && !usual(path).includes(value) && !isBlock(path))
    .map(({ path, value, severity }) =>
      drift(app, "unmentioned", path, {
        severity,
        actual: value,
        remedy: messages.getMessages("unmentioned.remedy", [flagsOf(app), path]),
      }),
    );
}

/** An app whose metadata exists, but which people cannot use. */
function blockedDrifts(app: CheckedApp, actual: ActualApp): Drift[] {
  const path = "policy.enabled";
  if (actual.settings[path] === false && app.desired.settings[path] === undefined)
    return [
      drift(app, "appBlocked", path, {
        severity: "function",
        remedy: messages.getMessages("appBlocked.remedy", [labelOf(app)]),
        detail: messages.getMessage("appBlocked.detail"),
      }),
    ];
  if (app.reading.installed !== false) return [];
  return [
    drift(app, "appBlocked", "name", {
      severity: "function",
      remedy: messages.getMessages("appUninstalled.remedy", [labelOf(app)]),
      detail: messages.getMessage("appUninstalled.detail"),
    }),
  ];
}

function keyDrifts(app: CheckedApp, actual: ActualApp): Drift[] {
  const { consumerKey } = app;
  if (consumerKey === undefined || actual.consumerKey === undefined || consumerKey === actual.consumerKey)
    return [];
  const { key: source = "" } = app.spec.app.consumer;
  return [
    drift(app, "consumerKey", "consumer", {
      severity: "security",
      // What a reference stands for is never shown.
      expected: secretReference.test(source) ? source : consumerKey,
      actual: actual.consumerKey,
      remedy: messages.getMessages("consumerKey.remedy", [flagsOf(app)]),
      detail: messages.getMessage("consumerKey.detail"),
    }),
  ];
}

function runAsDrifts(app: CheckedApp): Drift[] {
  const path = "oauth.clientCredentials.runAs";
  const expected = app.desired.settings[path];
  if (expected === undefined) return [];
  const name = app.runAs?.username ?? expected;
  const user = (id: KeyPart<"connectedapp.drift", "runAs.", ".detail">, severity: Drift["severity"]) =>
    drift(app, "runAsUser", path, {
      severity,
      expected,
      remedy: messages.getMessages(`runAs.${id}.remedy`, [name]),
      detail: messages.getMessage(`runAs.${id}.detail`, [name]),
    });
  const { runAs } = app;
  if (runAs === undefined) return [user("gone", "function")];
  return [
    ...(runAs.isActive ? [] : [user("inactive", "function")]),
    ...(runAs.isFrozen === true ? [user("frozen", "function")] : []),
    ...(runAs.apiOnly ? [] : [user("notApiOnly", "security")]),
    ...(app.permissionSetAssigned === false
      ? [
          drift(app, "permissionSet", "policy.permissionSets", {
            severity: "function",
            expected: app.desired.settings["policy.permissionSets"],
            remedy: messages.getMessages("permissionSet.remedy", [flagsOf(app)]),
            detail: messages.getMessage("permissionSet.detail", [name]),
          }),
        ]
      : []),
  ];
}

/** What a drift says besides its place. */
interface Found {
  severity: Drift["severity"];
  expected?: SettingValue | undefined;
  actual?: SettingValue | undefined;
  remedy: string[];
  detail?: string;
}

/** The drift of an app in which something was found at a path of its spec. */
export function drift(app: Pick<CheckedApp, "spec">, kind: DriftKind, path: string, found: Found): Drift {
  const { severity, expected, actual, detail, remedy } = found;
  return {
    kind,
    path,
    severity,
    expected,
    actual,
    ...(detail === undefined ? {} : { detail }),
    place: app.spec.locate(path),
    remedy,
  };
}

/** The flags that make a command work on this app in this org. */
export function flagsOf({ spec, org }: Pick<CheckedApp, "spec" | "org">): string {
  const environment = spec.environment === undefined ? "" : ` --environment ${shellWord(spec.environment)}`;
  return `--spec ${shellWord(spec.file)}${environment} --target-org ${shellWord(org.name)}`;
}

function labelOf({ desired }: CheckedApp): string {
  return desired.settings.label ?? desired.name;
}
