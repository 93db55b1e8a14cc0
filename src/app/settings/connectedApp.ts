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
