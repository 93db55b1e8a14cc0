import { namespaceOf } from "../../app/apiName.ts";
import { hasTokens, usesOAuth } from "../../app/desiredApp.ts";
import type { SettingPath, Settings } from "../../app/settings.ts";
import { unknownWords } from "../../app/unknownWords.ts";
import { messagesOf } from "../../messages.ts";
import type { KeyPart } from "../../messageText.ts";
import { kinds } from "../../metadata/kinds.ts";
import { unreadElements } from "../../metadata/unreadElements.ts";
import type { SpecNotes } from "../../spec/write.ts";
import type { FoundApp } from "./foundApps.ts";
import { unseenNotes } from "./unseen.ts";

/** An app on its way into a spec. */
export interface ImportedApp {
  found: FoundApp;
  /** What its files and Setup say. */
  read: Settings;
  /** The settings among them that the spec leaves out, since each org makes its own. */
  left: readonly SettingPath[];
  /** What the spec says. */
  written: Settings;
  isLegacy: boolean;
  consumerKey: string | undefined;
  /** Comments on what a migration changes, by path; undefined if nothing is migrated. */
  migration: { above: Record<string, string[]> } | undefined;
}

/** What is told of an import: to the user at once, and in the comments of the spec. */
interface ImportNotes extends Required<Pick<SpecNotes, "head" | "above">> {
  told: string[];
}

const messages = messagesOf("connectedapp.import");

/** Blocks that get a comment; that of the consumer depends on what is known of it. */
const blocks = [
  "attributes",
  "oauth",
  "oauth.clientCredentials",
  "oauth.accessToken",
  "oauth.assetToken",
  "oauth.trustedIpRanges",
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

/** What could not be known or taken over, and what the blocks of the spec are. */
export function notesOf(app: ImportedApp): ImportNotes {
  const { found, written } = app;
  const timeout = hidesTimeout(app) ? [messages.getMessage("note.timeout")] : [];
  const others = [...unseenNotes(found, app.read), ...settingNotes(app), ...appNotes(app)];
  const isAbove = written["oauth.accessToken.format"] !== undefined;
  return {
    told: [...secretNotes(app), ...timeout, ...others],
    head: [messages.getMessage("imported", [found.origin]), ...(isAbove ? [] : timeout), ...others],
    above: commentsOf(app, isAbove ? timeout : []),
  };
}

/** Whether the app has tokens whose timeout only Setup holds, and Setup was not asked. */
function hidesTimeout({ found: { kind, setup }, read }: ImportedApp): boolean {
  return kinds[kind].setupOnly.length > 0 && setup === undefined && hasTokens({ settings: read });
}

/** Of an app without OAuth, there is no secret to speak of, and that of a package is its vendor's. */
function secretNotes({ found, written }: ImportedApp): string[] {
  const label = written.label ?? found.name;
  if (found.secretPlaces.length > 0)
    return found.secretPlaces.map((place) => messages.getMessage("note.secretInFile", [place, label]));
  const isOwn = namespaceOf(found.name) === undefined;
  return isOwn && usesOAuth({ settings: written }) ? [messages.getMessage("note.secret")] : [];
}

/** What is special about settings of the spec, or missing in it. */
function settingNotes({ found, read, left, written }: ImportedApp): string[] {
  return [
    ...left.map((path) => messages.getMessage("note.madeByOrg", [path])),
    ...unreadElements(kinds[found.kind], found.files, read).map((element) =>
      messages.getMessage("note.unread", [element]),
    ),
    ...unknownWords(written).map(({ path, word }) => messages.getMessage("note.unknownWord", [path, word])),
    ...(written.contactEmail === "" ? [messages.getMessage("note.noContactEmail")] : []),
  ];
}

/** What is special about the app as a whole. */
function appNotes({ found, isLegacy, migration }: ImportedApp): string[] {
  return [
    ...found.further.map(({ path, type }) => messages.getMessage("note.further", [path, type])),
    ...(isLegacy
      ? [messages.getMessage(migration === undefined ? "note.legacy" : "note.legacyMigrated")]
      : []),
  ];
}

/** The comments above the blocks that the spec has. */
function commentsOf(app: ImportedApp, timeout: readonly string[]): Record<string, string[]> {
  const { written, consumerKey, migration } = app;
  const consumer = consumerKey === undefined ? "block.consumer" : "block.consumerKey";
  const all: Record<string, string[]> = {
    ...Object.fromEntries(blocks.map((block) => [block, messages.getMessages(`block.${block}`)])),
    consumer: messages.getMessages(consumer),
  };
  all["oauth.accessToken"]?.push(...timeout);
  for (const [path, lines] of Object.entries(migration?.above ?? {}))
    all[path] = [...(all[path] ?? []), ...lines];
  const paths = ["consumer", ...Object.keys(written)];
  const isSaid = (block: string) => paths.some((path) => path === block || path.startsWith(`${block}.`));
  return Object.fromEntries(Object.entries(all).filter(([block]) => isSaid(block)));
}
