import { existsSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { type SettingPath, type Settings, withoutSettings } from "../../app/settings.ts";
import { createWhole } from "../../files/wholeFile.ts";
import { messagesOf } from "../../messages.ts";
import type { MetadataFile } from "../../metadata/kind.ts";
import { kinds } from "../../metadata/kinds.ts";
import { unknownElements } from "../../metadata/otherMetadata.ts";
import { readApp } from "../../metadata/read.ts";
import { parseXml } from "../../metadata/xmlText.ts";
import { connectOrg } from "../../org/connect.ts";
import { retrieveFiles } from "../../org/retrieve.ts";
import { readConnectedAppSetup } from "../../org/setupSettings.ts";
import { whyUnreadable } from "../../project/metadataFiles.ts";
import { readForEdit } from "../../project/readSpec.ts";
import type { Migration, MigrationRow } from "../../results/migration.ts";
import { editSpec } from "../../spec/edit.ts";
import { valueAt } from "../../spec/overlay.ts";
import { resolve } from "../../spec/resolve.ts";
import { writeSpec } from "../../spec/write.ts";
import { scopesForTokens } from "./tokenScopes.ts";

/** The source of the connected app: exactly one of a spec, a metadata file, or a name in an org. */
export interface MigrationSource {
  specFile: string | undefined;
  sourceFile: string | undefined;
  name: string | undefined;
  targetOrg: string | undefined;
}

/**
 * Writes the spec of an external client app from a connected app. The connected app itself does not change.
 *
 * @param outputFile where to write; an existing file is not overwritten
 * @throws SfError `InvalidSpec`, `AppNotFoundError`, `SetupUnreadableError`, `SourceUnreadableError` or `FileExistsError`
 */
export async function migrate(source: MigrationSource, outputFile: string | undefined): Promise<Migration> {
  const old = await readConnectedApp(source);
  const target = kinds.ExternalClientApp;
  const expressible = new Set(target.fields.map(({ setting }) => setting));
  const paths = Object.keys(old.settings) as SettingPath[];
  const lost = paths.filter((path) => !expressible.has(path));
  const scopes = widerScopes(old);
  const rows: MigrationRow[] = [
    { path: "kind", outcome: "changes" },
    { path: "consumer", outcome: "changes" },
    ...paths.map((path): MigrationRow => ({ path, outcome: outcomeOf(path, lost, scopes) })),
    ...old.unknown.map((path): MigrationRow => ({ path, outcome: "noCounterpart" })),
  ];
  const gone = [...lost, ...old.unknown];
  const remarks =
    gone.length === 0 ? [] : [messagesOf("connectedapp.migrate").getMessage("remark", [gone.join(", ")])];
  const file = outputFile ?? defaultFile(source, old.name);
  if (existsSync(file)) throw messagesOf("connectedapp.migrate").createError("fileExists", [file]);
  const text =
    old.text === undefined
      ? editSpec(writeSpec("ExternalClientApp", old.name, withoutSettings(old.settings, lost)), {
          set: scopes,
          remarks,
        })
      : editSpec(old.text.source, {
          set: [[["kind"], "ExternalClientApp"], [["consumer"], "generated"], ...scopes],
          remove: lost.flatMap((path) => old.text?.placesOf(path) ?? []),
          remarks,
        });
  createWhole(file, text);
  return { name: old.name, file, rows };
}

function outcomeOf(
  path: SettingPath,
  lost: readonly SettingPath[],
  scopes: WiderScopes,
): MigrationRow["outcome"] {
  if (lost.includes(path)) return "noCounterpart";
  const hasMoreScopes = path === "oauth.scopes" && scopes.length > 0;
  return hasMoreScopes || kinds.ConnectedApp.setupOnly.includes(path) ? "changes" : "same";
}

type WiderScopes = readonly (readonly [place: string[], scopes: string[]])[];

/** The places in the new spec whose scopes would give no token, each with scopes that do. */
function widerScopes({ settings, text }: OldApp): WiderScopes {
  const path = "oauth.scopes";
  return (text?.placesOf(path) ?? [path.split(".")]).flatMap((place) => {
    const written = text === undefined ? settings[path] : valueAt(text.content, place);
    const wider = scopesForTokens(written, settings);
    return wider === undefined ? [] : [[place, wider] as const];
  });
}

interface OldApp {
  name: string;
  settings: Settings;
  unknown: string[];
  /** The text of the spec, if the app comes from one, and where a setting may stand in it. */
  text?: { source: string; content: unknown; placesOf(path: SettingPath): string[][] };
}

async function readConnectedApp({ specFile, sourceFile, name, targetOrg }: MigrationSource): Promise<OldApp> {
  if (specFile !== undefined) {
    const { specs, text } = readForEdit(specFile);
    const apps = specs.map(({ app: spec }) => resolve(spec));
    const settings: Settings = Object.assign({}, ...apps.map((app) => app.settings));
    const environments = specs.flatMap(({ environment }) => (environment === undefined ? [] : [environment]));
    const placesOf = (path: SettingPath) => {
      const keys = path.split(".");
      return [keys, ...environments.map((name) => ["environments", name, ...keys])];
    };
    return {
      name: apps[0]?.name ?? "",
      settings,
      unknown: [],
      text: { source: text, content: specs[0]?.written, placesOf },
    };
  }
  if (sourceFile !== undefined)
    return fromFiles(basename(sourceFile).split(".")[0] ?? "", [readSource(sourceFile)]);
  const org = await connectOrg(targetOrg, undefined);
  const appName = name ?? "";
  const [files, setup] = await Promise.all([
    retrieveFiles(org, kinds.ConnectedApp.components, appName),
    readConnectedAppSetup(org, [appName]),
  ]);
  if (files.length === 0)
    throw messagesOf("connectedapp.migrate").createError("appNotFound", [appName, org.name], [org.name]);
  // A timeout that is missing in the spec would be Salesforce's default in the new app.
  if (setup.unreadable !== undefined)
    throw messagesOf("connectedapp.migrate").createError("setupUnreadable", [
      org.name,
      appName,
      setup.unreadable,
    ]);
  const app = fromFiles(appName, files);
  return { ...app, settings: { ...app.settings, ...setup.apps.get(appName)?.settings } };
}

function fromFiles(name: string, files: readonly MetadataFile[]): OldApp {
  const { "otherMetadata.ConnectedApp": _listed, ...settings } = readApp("ConnectedApp", files).settings;
  return { name, settings, unknown: unknownElements(kinds.ConnectedApp, files) };
}

function readSource(file: string): MetadataFile {
  const [component] = kinds.ConnectedApp.components;
  try {
    const content = parseXml(readFileSync(file, "utf8"));
    if (component === undefined || content.name !== component.type) throw new Error(`<${content.name}>`);
    return { component, fullName: "", content };
  } catch (error) {
    throw messagesOf("connectedapp.migrate").createError("sourceUnreadable", [file, whyUnreadable(error)]);
  }
}

function defaultFile({ specFile }: MigrationSource, name: string): string {
  if (specFile === undefined) return `${name}.external-client-app.yaml`;
  return join(dirname(specFile), `${basename(specFile).replace(/\.ya?ml$/, "")}.external-client-app.yaml`);
}
