import { metadataWords } from "../metadataWords.ts";
import { wordsOf } from "../words.ts";
import type { SettingDefinitions } from "./definition.ts";

// Salesforce sends a token of the user there.
const url = { type: "text", severity: "security", webAddress: true, ownToEnvironment: true } as const;
const text = { type: "text", severity: "function" } as const;
const apexClass = { type: "text", severity: "security" } as const;
const noneOf = { type: "set", severity: "function", default: [] } as const;

/** A canvas app. */
export const canvas = {
  "canvas.url": url,
  "canvas.accessMethod": { ...text, words: wordsOf(metadataWords.canvasAccessMethod) },
  "canvas.lifecycleClass": apexClass,
  "canvas.locations": { ...noneOf, words: wordsOf(metadataWords.canvasLocation) },
  "canvas.options": { ...noneOf, words: wordsOf(metadataWords.canvasOption) },
  "canvas.samlInitiationMethod": { ...text, words: wordsOf(metadataWords.samlInitiationMethod) },
} as const satisfies SettingDefinitions;

/** The older form of a canvas app, for which Salesforce documents no words. */
export const canvasMetadata = {
  "canvasMetadata.url": url,
  "canvasMetadata.accessMethod": text,
  "canvasMetadata.lifecycleClass": apexClass,
  "canvasMetadata.locations": text,
  "canvasMetadata.options": text,
  "canvasMetadata.samlInitiationMethod": text,
} as const satisfies SettingDefinitions;
