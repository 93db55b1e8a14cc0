import { metadataWords } from "../metadataWords.ts";
import { wordsOf } from "../words.ts";
import type { SettingDefinitions } from "./definition.ts";

const text = { type: "text", severity: "appearance" } as const;

/** The mobile app that belongs to a connected app. */
export const mobile = {
  "mobile.platform": { ...text, words: wordsOf(metadataWords.devicePlatform) },
  "mobile.deviceType": { ...text, words: wordsOf(metadataWords.deviceType) },
  "mobile.version": text,
  "mobile.minimumOsVersion": text,
  // What people install, and from where.
  "mobile.bundleIdentifier": { type: "text", severity: "function" },
  "mobile.installUrl": { type: "text", severity: "security", webAddress: true },
  "mobile.privateApp": { type: "switch", severity: "function", default: false },
  "mobile.binary.fileName": text,
  "mobile.binary.length": { type: "number", severity: "function" },
  "mobile.binary.content": { type: "text", severity: "security", base64: true },
  "mobile.icon.fileName": text,
  "mobile.icon.content": { ...text, base64: true },
} as const satisfies SettingDefinitions;
