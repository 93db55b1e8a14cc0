import { metadataWords } from "../metadataWords.ts";
import { wordsOf } from "../words.ts";
import type { SettingDefinitions } from "./definition.ts";

// An entity Id looks like an address, but nobody goes there.
const identifier = { type: "text", severity: "security", ownToEnvironment: true } as const;
const address = { ...identifier, webAddress: true } as const;
const certificate = { ...identifier, certificate: true } as const;
const security = { type: "text", severity: "security" } as const;

/** Single sign-on by SAML. */
export const saml = {
  "saml.acsUrl": address,
  "saml.entityUrl": identifier,
  "saml.issuer": identifier,
  "saml.certificate": certificate,
  "saml.encryptionCertificate": certificate,
  "saml.encryptionType": { ...security, words: wordsOf(metadataWords.samlEncryptionType) },
  "saml.signingAlgorithm": { ...security, words: wordsOf(metadataWords.samlSigningAlgorithm) },
  "saml.nameIdFormat": { ...security, words: wordsOf(metadataWords.samlNameIdFormat) },
  "saml.subjectType": { ...security, words: wordsOf(metadataWords.samlSubjectType) },
  "saml.subjectCustomAttribute": security,
  "saml.singleLogoutUrl": address,
  "saml.singleLogoutBinding": { ...security, words: wordsOf(metadataWords.samlLogoutBinding) },
} as const satisfies SettingDefinitions;

// Salesforce sends a token of the user there.
const canvasUrl = { type: "text", severity: "security", webAddress: true, ownToEnvironment: true } as const;
const behaviour = { type: "text", severity: "function" } as const;
const apexClass = { type: "text", severity: "security" } as const;
const noneOf = { type: "set", severity: "function", default: [] } as const;

/** A canvas app. */
export const canvas = {
  "canvas.url": canvasUrl,
  "canvas.accessMethod": { ...behaviour, words: wordsOf(metadataWords.canvasAccessMethod) },
  "canvas.lifecycleClass": apexClass,
  "canvas.locations": { ...noneOf, words: wordsOf(metadataWords.canvasLocation) },
  "canvas.options": { ...noneOf, words: wordsOf(metadataWords.canvasOption) },
  "canvas.samlInitiationMethod": { ...behaviour, words: wordsOf(metadataWords.samlInitiationMethod) },
} as const satisfies SettingDefinitions;

/** The older form of a canvas app, for which Salesforce documents no words. */
export const canvasMetadata = {
  "canvasMetadata.url": canvasUrl,
  "canvasMetadata.accessMethod": behaviour,
  "canvasMetadata.lifecycleClass": apexClass,
  "canvasMetadata.locations": behaviour,
  "canvasMetadata.options": behaviour,
  "canvasMetadata.samlInitiationMethod": behaviour,
} as const satisfies SettingDefinitions;

const appearance = { type: "text", severity: "appearance" } as const;

/** The mobile app that belongs to a connected app. */
export const mobile = {
  "mobile.platform": { ...appearance, words: wordsOf(metadataWords.devicePlatform) },
  "mobile.deviceType": { ...appearance, words: wordsOf(metadataWords.deviceType) },
  "mobile.version": appearance,
  "mobile.minimumOsVersion": appearance,
  // What people install, and from where.
  "mobile.bundleIdentifier": { type: "text", severity: "function" },
  "mobile.installUrl": { type: "text", severity: "security", webAddress: true },
  "mobile.privateApp": { type: "switch", severity: "function", default: false },
  "mobile.binary.fileName": appearance,
  "mobile.binary.length": { type: "number", severity: "function" },
  "mobile.binary.content": { type: "text", severity: "security", base64: true },
  "mobile.icon.fileName": appearance,
  "mobile.icon.content": { ...appearance, base64: true },
} as const satisfies SettingDefinitions;
