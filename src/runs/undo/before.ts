import type { Settings } from "../../app/settings.ts";
import { elementPath } from "../../metadata/fields.ts";
import type { MetadataFile } from "../../metadata/kind.ts";
import { kinds } from "../../metadata/kinds.ts";
import { withElements } from "../../metadata/xmlElement.ts";
import { formatXml, parseXml } from "../../metadata/xmlText.ts";
import type { Before, JournalContent } from "../../results/journal.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { ownChangeOf } from "../appInOrg/ownChange.ts";
import { actualApp, type OrgReading } from "../appInOrg/readOrg.ts";
import { digestOf } from "../deploy/digest.ts";

/** An org's times may have whole seconds only. */
const tolerance = 1000;

/** Whether somebody else may have changed the app after that: if the org does not tell when it was changed, nobody knows. */
export function mayBeChangedSince(
  { actual, lastChange }: Pick<OrgReading, "actual" | "lastChange">,
  at: string,
): boolean {
  if (actual === undefined) return false;
  return lastChange === undefined || Date.parse(lastChange.at) > Date.parse(at) + tolerance;
}

/**
 * The app as it is before a run changes it. If the run goes on with one that did not end well, and nobody else has
 * changed the app since, it is the app as it was before that one.
 */
export function beforeOf({ desired, reading }: AppInOrg, former: JournalContent | undefined): Before {
  const { at } = former === undefined ? {} : ownChangeOf(former);
  if (former?.before?.app === desired.name && at !== undefined && !mayBeChangedSince(reading, at))
    return { ...former.before, ownChangeAt: at };
  const files = reading.files.map((file) => ({
    type: file.component.type,
    fullName: file.fullName,
    xml: formatXml(withoutSecret(desired.kind, file)),
  }));
  return { app: desired.name, files };
}

/** No org tells it, but nothing else may be the reason why it is in no file. */
function withoutSecret(kind: AppInOrg["desired"]["kind"], { component, content }: MetadataFile) {
  const { component: type, secret } = kinds[kind].consumer;
  return component.type === type ? withElements(content, elementPath(secret), []) : content;
}

/** The app as it was before, of an org that was read just now. */
export function asBefore(app: AppInOrg, { files: kept }: Before): AppInOrg {
  const { desired, reading } = app;
  const kind = kinds[desired.kind];
  const files = kept.flatMap(({ type, fullName, xml }) => {
    const component = kind.components.find((one) => one.type === type);
    return component === undefined ? [] : [{ component, fullName, content: parseXml(xml) }];
  });
  if (files.length === 0) return { ...app, reading: { ...reading, actual: undefined, files } };
  const { settings = {} } = reading.actual ?? {};
  const inSetup = Object.fromEntries(
    kind.setupOnly.flatMap((path) => (settings[path] === undefined ? [] : [[path, settings[path]]])),
  ) as Settings;
  const actual = actualApp(desired, files, { ...reading, inSetup });
  return { ...app, reading: { ...reading, actual, files } };
}

/** What is to be deployed, as digests: of each setting, and of where the consumer key comes from. */
export function meaningOf({ desired, spec }: Pick<AppInOrg, "desired" | "spec">): Record<string, string> {
  const { key, store } = spec.app.consumer;
  const values = {
    ...desired.settings,
    ...(key === undefined ? {} : { "consumer.key": key }),
    ...(store === undefined ? {} : { "consumer.store": store }),
  };
  return Object.fromEntries(Object.entries(values).map(([path, value]) => [path, digestOf(value)]));
}

/** The settings in which two such meanings differ. */
export function differencesOf(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])]
    .filter((path) => one[path] !== other[path])
    .sort();
}
