import { compare } from "../../app/compare.ts";
import type { KindName } from "../../app/desiredApp.ts";
import { type Settings, settingPaths, settingsWith, withoutSettings } from "../../app/settings.ts";
import { unknownWords } from "../../app/unknownWords.ts";
import { messagesOf } from "../../messages.ts";
import type { KeyPart } from "../../messageText.ts";
import type { MetadataFile } from "../../metadata/kind.ts";
import { kinds } from "../../metadata/kinds.ts";
import { isOfPackage } from "../../metadata/packagedApp.ts";
import { readApp } from "../../metadata/read.ts";
import { unreadElements } from "../../metadata/unreadElements.ts";
import { problemText } from "../../project/problemText.ts";
import { editSpec } from "../../spec/edit.ts";
import { loadSpec } from "../../spec/load.ts";
import { resolve } from "../../spec/resolve.ts";
import { parseSpecFile } from "../../spec/specDocument.ts";
import { type SpecNotes, writeSpec } from "../../spec/write.ts";
import { isLegacyApp, type Legacy, migrateLegacy, runAsReference, runAsSample } from "./legacyAssetToken.ts";
import { unseenNotes, withFlow } from "./unseen.ts";

/** An app to be imported, as it was found. */
export interface FoundApp {
  kind: KindName;
  name: string;
  files: readonly MetadataFile[];
  /** Where it comes from, for people. */
  origin: string;
  /** What only Setup holds, where it could be asked for. */
  setup: Settings | undefined;
}

/** The spec of an imported app. */
export interface ImportedSpec {
  text: string;
  /** What could not be known or taken over, a sentence each. */
  notes: string[];
  /** Whether it uses the legacy asset token flow. */
  isLegacy: boolean;
}

/** Blocks that get a comment. */
const blocks = [
  "attributes",
  "oauth",
  "oauth.clientCredentials",
  "oauth.accessToken",
  "oauth.assetToken",
  "oauth.trustedIpRanges",
  "consumer",
  "policy",
  "plugins",
  "saml",
  "canvas",
  "canvasMetadata",
  "mobile",
  "packaging",
  "componentLabels",
  "otherMetadata",
] as const satisfies readonly KeyPart<"connectedapp.import", "block.", "">[];

/**
 * The commented spec of an app. Before it is given out, it is read again: what it says is what the app has.
 *
 * @param legacy what to do with an app of the legacy asset token flow
 * @returns the spec, or why the app cannot be said in one
 */
export function specOfApp(found: FoundApp, legacy: Legacy): { spec: ImportedSpec } | { problems: string[] } {
  const { kind, name, files, origin } = found;
  const messages = messagesOf("connectedapp.import");
  const inFiles = readApp(kind, files).settings;
  // An app without OAuth has no tokens, though Setup lists a timeout for it.
  const hasTokens = inFiles["oauth.callbackUrl"] !== undefined;
  const read: Settings = { ...inFiles, ...(hasTokens ? found.setup : {}) };
  const hidesTimeout = kinds[kind].setupOnly.length > 0 && found.setup === undefined && hasTokens;
  const left = settingsWith("madeByOrg").filter((path) => read[path] !== undefined);
  const settings = withoutSettings(withFlow(found, read), left);
  const isLegacy = isLegacyApp(kind, settings);
  const migration = isLegacy && legacy !== "leave" ? migrateLegacy(settings, legacy) : undefined;
  const notes = [
    messages.getMessage("note.secret"),
    ...unseenNotes(found, read),
    ...(hidesTimeout ? [messages.getMessage("note.timeout")] : []),
    ...left.map((path) => messages.getMessage("note.madeByOrg", [path])),
    ...unreadElements(kinds[kind], files, read).map((element) =>
      messages.getMessage("note.unread", [element]),
    ),
    ...unknownWords(settings).map(({ path, word }) => messages.getMessage("note.unknownWord", [path, word])),
    ...(isLegacy
      ? [messages.getMessage(migration === undefined ? "note.legacy" : "note.legacyMigrated")]
      : []),
  ];
  const above: Record<string, string[]> = Object.fromEntries(
    blocks.map((block) => [block, messages.getMessages(`block.${block}`)]),
  );
  if (hidesTimeout) above["oauth.accessToken"]?.push(messages.getMessage("note.timeout"));
  for (const [path, lines] of Object.entries(migration?.above ?? {}))
    above[path] = [...(above[path] ?? []), ...lines];
  const written = migration?.settings ?? settings;
  const isAbove = written["oauth.accessToken.format"] !== undefined;
  const head = [
    messages.getMessage("imported", [origin]),
    ...notes.slice(1).filter((note) => !isAbove || note !== messages.getMessage("note.timeout")),
  ];
  const plain = writeSpec(kind, name, written, { head, above: only(above, written) });
  const text =
    migration === undefined
      ? plain
      : editSpec(plain, { set: [["oauth.clientCredentials.runAs".split("."), runAsReference]] });
  const problems = problemsOf(text, kind, written);
  return problems.length > 0 ? { problems } : { spec: { text, notes, isLegacy } };
}

/** Comments of blocks that the spec has. */
function only(
  above: Readonly<Record<string, string[]>>,
  settings: Settings,
): NonNullable<SpecNotes["above"]> {
  const paths = ["consumer", ...Object.keys(settings)];
  return Object.fromEntries(
    Object.entries(above).filter(([block]) =>
      paths.some((path) => path === block || path.startsWith(`${block}.`)),
    ),
  );
}

/** What a spec says differently from the app, or what makes it no spec at all. */
function problemsOf(text: string, kind: KindName, settings: Settings): string[] {
  const [document] = parseSpecFile(text, "").documents;
  if (document === undefined) throw new Error("A spec that was written has a document.");
  const result = loadSpec(document, { CPQ_RUN_AS: runAsSample });
  if ("problems" in result) return result.problems.map((problem) => problemText(problem));
  const app = resolve(result.loaded.spec);
  const { kind: loadedKind, settings: loaded } = app;
  const ofPackage = settingPaths.filter((path) => isOfPackage(app, path));
  // A block that is there says so by itself.
  const { "oauth.assetToken.enabled": isThere, ...said } = withoutSettings(settings, ofPackage);
  const expected: Settings = isThere === false ? settings : said;
  const differences = [...compare(expected, loaded), ...compare(loaded, expected)].map(({ path }) => path);
  if (loadedKind !== kind) return ["kind"];
  return [...new Set(differences)].map((path) =>
    messagesOf("connectedapp.import").getMessage("inexpressible", [path]),
  );
}
