import { namespaceOf } from "../../app/apiName.ts";
import { compare } from "../../app/compare.ts";
import { hasTokens, usesOAuth } from "../../app/desiredApp.ts";
import type { KindName } from "../../app/kindName.ts";
import { type Settings, settingPaths, settingsWith, withoutSettings } from "../../app/settings.ts";
import { messagesOf } from "../../messages.ts";
import { isOfPackage } from "../../metadata/packagedApp.ts";
import { impliedSettings, readApp } from "../../metadata/read.ts";
import { problemText } from "../../project/problemText.ts";
import { editSpec } from "../../spec/edit.ts";
import { loadSpec } from "../../spec/load.ts";
import { resolve } from "../../spec/resolve.ts";
import { parseSpecFile } from "../../spec/specDocument.ts";
import { writeSpec } from "../../spec/write.ts";
import type { FoundApp } from "./foundApps.ts";
import { type ImportedApp, notesOf } from "./importNotes.ts";
import { isLegacyApp, type Legacy, migrateLegacy, runAsReference, runAsSample } from "./legacyAssetToken.ts";
import { withFlow } from "./unseen.ts";

/** The spec of an imported app. */
export interface ImportedSpec {
  text: string;
  /** What could not be known or imported, one sentence each. */
  notes: string[];
  /** Whether it uses the legacy asset token flow. */
  isLegacy: boolean;
}

/**
 * The commented spec of an app. Before it is returned, it is read again to make sure that it says what the app has.
 *
 * @param legacy what to do with an app of the legacy asset token flow
 * @returns the spec, or why a spec cannot describe the app
 */
export function specOfApp(found: FoundApp, legacy: Legacy): { spec: ImportedSpec } | { problems: string[] } {
  const { kind, name } = found;
  const { read, consumerKey } = readFound(found);
  const left = settingsWith("madeByOrg").filter((path) => read[path] !== undefined);
  const settings = withoutSettings(withFlow(found, withContact(kind, read)), left);
  const isLegacy = isLegacyApp(kind, settings);
  const migration = isLegacy && legacy !== "leave" ? migrateLegacy(settings, legacy) : undefined;
  const written = migration?.settings ?? settings;
  const imported: ImportedApp = { found, read, left, written, isLegacy, consumerKey, migration };
  const { told, head, above } = notesOf(imported);
  const plain = writeSpec(kind, name, written, { head, above, consumerKey });
  const text =
    migration === undefined
      ? plain
      : editSpec(plain, { set: [["oauth.clientCredentials.runAs".split("."), runAsReference]] });
  const problems = problemsOf(text, imported);
  return problems.length > 0 ? { problems } : { spec: { text, notes: told, isLegacy } };
}

/** What an app's files say, and Setup. Salesforce's defaults are left unsaid, as they are in the files. */
function readFound({ kind, name, files, setup }: FoundApp): {
  read: Settings;
  consumerKey: string | undefined;
} {
  const { settings, consumerKey = "" } = readApp(kind, files);
  const isOwn = namespaceOf(name) === undefined;
  const said = withoutSettings(settings, impliedSettings(kind, files));
  return {
    // Setup lists a timeout of tokens also for an app that has none.
    read: { ...said, ...(hasTokens({ settings: said }) ? setup : {}) },
    consumerKey: (isOwn && usesOAuth({ settings: said }) && consumerKey.trim()) || undefined,
  };
}

/** A spec of a connected app has to say the contact email, also that there is none. */
function withContact(kind: KindName, settings: Settings): Settings {
  return kind === "ConnectedApp" ? { contactEmail: "", ...settings } : settings;
}

/** What a spec says differently from the app, or what makes the spec invalid. */
function problemsOf(text: string, { found, written, consumerKey }: ImportedApp): string[] {
  const [document] = parseSpecFile(text, "").documents;
  if (document === undefined) throw new Error("A spec that was written has a document.");
  const result = loadSpec(document, { CPQ_RUN_AS: runAsSample });
  if ("problems" in result) return result.problems.map((problem) => problemText(problem));
  const app = resolve(result.loaded.app);
  const { kind, settings: loaded, consumerKey: loadedKey } = app;
  const ofPackage = settingPaths.filter((path) => isOfPackage(app, path));
  // The block itself says that it is there.
  const { "oauth.assetToken.enabled": isThere, ...said } = withoutSettings(written, ofPackage);
  const expected: Settings = isThere === false ? written : said;
  const differences = [...compare(expected, loaded), ...compare(loaded, expected)].map(({ path }) => path);
  const wrong = [
    ...(kind === found.kind ? [] : ["kind"]),
    ...(consumerKey === loadedKey ? [] : ["consumer.key"]),
    ...differences,
  ];
  return [...new Set(wrong)].map((path) =>
    messagesOf("connectedapp.import").getMessage("inexpressible", [path]),
  );
}
