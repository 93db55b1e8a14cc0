import { Document, isMap, isNode, isScalar, parse, visit, type YAMLSeq } from "yaml";
import { namespaceOf } from "../app/apiName.ts";
import { foldedCertificate } from "../app/certificate.ts";
import { usesOAuth } from "../app/desiredApp.ts";
import type { KindName } from "../app/kindName.ts";
import {
  blockOf,
  type SettingPath,
  type SettingRecord,
  type Settings,
  type SettingValue,
  settingDefinitions,
  settingPaths,
  settingsWith,
} from "../app/settings.ts";

/** Comments of a new spec, one per line. */
export interface SpecNotes {
  /** At the top. */
  head?: readonly string[];
  /** Above a key, by its path. */
  above?: Readonly<Record<string, readonly string[]>>;
}

/** What a new spec holds beside the settings. */
interface SpecParts extends SpecNotes {
  /** Undefined for a consumer that is to be generated. */
  consumerKey?: string | undefined;
}

/**
 * A new spec of an app, in the order of the settings and in the users' words. An app without OAuth has no consumer, and that
 * of a package is its vendor's, so such a spec says nothing of one.
 */
export function writeSpec(kind: KindName, name: string, settings: Settings, parts: SpecParts = {}): string {
  const { head = [], above = {}, consumerKey } = parts;
  const content: Record<string, unknown> = { apiVersion: "cpq/v1", kind, name };
  const said: Partial<Record<SettingPath, SettingValue>> = { ...withSwitches(settings) };
  // Policies without a value of their own follow the app.
  if (said["policy.clientCredentials"] === said["oauth.clientCredentials.enabled"])
    delete said["policy.clientCredentials"];
  // The block itself says that the flow is on.
  if (said["oauth.clientCredentials.enabled"] === true && said["oauth.clientCredentials.runAs"] !== undefined)
    delete said["oauth.clientCredentials.enabled"];
  if (said["oauth.assetToken.enabled"] === true) delete said["oauth.assetToken.enabled"];
  for (const path of settingPaths) {
    const value = said[path];
    if (value !== undefined) setIn(content, path.split("."), writtenValue(path, value));
  }
  const consumer = consumerKey === undefined ? "generated" : { key: consumerKey };
  const document = new Document({
    ...(escaped(content) as object),
    ...(usesOAuth({ settings }) && namespaceOf(name) === undefined ? { consumer } : {}),
  });
  visit(document, {
    Seq: (_key, list) => {
      list.flow = isShort(list);
    },
  });
  document.commentBefore = commentOf(head);
  for (const [path, lines] of Object.entries(above)) addComment(document, path.split("."), lines);
  return document.toString({ lineWidth: 0, flowCollectionPadding: false });
}

/** A list of a few words fits into one line. */
function isShort({ items }: YAMLSeq): boolean {
  const words = items.map((item) => (isScalar(item) ? String(item.value) : "\n"));
  return words.every((word) => /^[\w.@/ :-]*$/.test(word)) && words.join(", ").length <= 80;
}

/** Adds comment lines above a key or, if the key is missing, above its nearest existing parent. */
function addComment(document: Document, path: readonly string[], lines: readonly string[]): void {
  let map: unknown = document.contents;
  let found: { commentBefore?: string | null; spaceBefore?: boolean } | undefined;
  for (const key of path) {
    const pair = isMap(map) ? map.items.find((item) => String(item.key) === key) : undefined;
    if (!isNode(pair?.key)) break;
    found = pair.key;
    map = pair.value;
  }
  if (found === undefined) return;
  if (path.length === 1) found.spaceBefore = true;
  found.commentBefore = [...(found.commentBefore ? [found.commentBefore] : []), commentOf(lines)].join("\n");
}

function commentOf(lines: readonly string[]): string {
  return lines.map((line) => (line === "" ? "" : ` ${line}`)).join("\n");
}

/** What looks like a reference but is not one is written with one more `$`. */
function escaped(value: unknown): unknown {
  if (typeof value === "string") return value.replaceAll("${", () => "$${");
  if (Array.isArray(value)) return value.map(escaped);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, escaped(inner)]));
}

/** To Salesforce, a block without its switch is off. A spec must say so. */
function withSwitches(settings: Settings): Settings {
  const paths = Object.keys(settings);
  const off = settingsWith("onWithBlock").filter((toggle) =>
    paths.some((path) => path.startsWith(`${blockOf(toggle)}.`)),
  );
  return { ...Object.fromEntries(off.map((path) => [path, false])), ...settings };
}

function setIn(target: Record<string, unknown>, [key = "", ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  target[key] ??= {};
  setIn(target[key] as Record<string, unknown>, rest, value);
}

/** A setting's value as plain data for YAML, in the users' form. */
export function yamlValue(path: SettingPath, value: SettingValue): unknown {
  return escaped(writtenValue(path, value));
}

function writtenValue(path: SettingPath, value: SettingValue): unknown {
  const { oneOrSeveral, lifetime, certificate } = settingDefinitions[path];
  if (typeof value === "object") {
    if (oneOrSeveral && value.length === 1) return value[0];
    return value.map((entry) => (typeof entry === "string" ? entry : writtenRecord(entry)));
  }
  if (certificate) return foldedCertificate(String(value));
  // `{lifetime: 30d}` is YAML already.
  return lifetime && String(value).startsWith("{") ? parse(String(value)) : value;
}

/** A range without a description is a text. */
function writtenRecord({ range, ...more }: SettingRecord): unknown {
  if (range === undefined) return more;
  return Object.keys(more).length === 0 ? range : { range, ...more };
}
