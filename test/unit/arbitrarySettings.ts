import fc from "fast-check";
import type { KindName } from "../../src/app/desiredApp.ts";
import { ipRangeText, parseIpRange } from "../../src/app/ipRange.ts";
import { metadataWords } from "../../src/app/metadataWords.ts";
import { scopeMetadataNames } from "../../src/app/scopes.ts";
import type { SettingPath, Settings } from "../../src/app/settings.ts";
import { kinds } from "../../src/metadata/kinds.ts";
import { otherMetadataPath } from "../../src/metadata/otherMetadata.ts";
import { formatFragment } from "../../src/metadata/xmlText.ts";
import { certificate as oneCertificate, otherCertificate, pem } from "./certificates.ts";

// Texts that other formats like to take for something else are as likely as any.
const tricky = fc.constantFrom(
  "true",
  "null",
  "~",
  "1e3",
  "0x10",
  "007",
  "2024-01-01",
  "- a",
  "a: b",
  "# a",
  "a # b",
  "&a",
  "*a",
  "!a",
  "%a",
  "@a",
  "`a`",
  "{a: b}",
  "[a]",
  "'a'",
  '"a"',
  "<a>",
  "a & b",
  "]]>",
  "&amp;",
  "${env:HOME}",
  "$${x}",
  "$$",
  "\\n",
  "é",
  "日本語",
  "😀",
  "---",
  "...",
  "|",
  ">",
  "a\\",
);
const isOneLine = (text: string) =>
  text !== "" && text === text.trim() && /^[^\p{Cc}\p{Cs}\uFFFE\uFFFF]*$/u.test(text);
const oneLine = fc
  .oneof(
    tricky,
    fc.string({ unit: "grapheme", maxLength: 30 }).map((text) => text.trim()),
  )
  .filter(isOneLine);
const severalLines = fc.array(oneLine, { minLength: 1, maxLength: 4 }).map((lines) => lines.join("\n"));
const word = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,20}$/);
const inList = oneLine.filter((text) => !text.includes(","));
const webAddress = word.map((path) => `https://example.com/${path}?a=1&b=2`);
const destination = fc.oneof(
  webAddress,
  word.map((path) => `/${path}`),
  word.map((path) => `my-app:${path}`),
);
const email = word.map((name) => `${name}@example.com`);
const file = fc
  .base64String({ minLength: 4, maxLength: 300 })
  .map((text) => text.replace(/(.{64})/g, "$1\n").trim());
const certificate = fc.constantFrom(
  ...[oneCertificate, otherCertificate].flatMap((base64) => [base64, pem(base64)]),
);
const jwtTimeout = fc.constantFrom(
  "session",
  "1m",
  "5m",
  "10m",
  "15m",
  "30m",
  "1h",
  "90m",
  "2h",
  "4h",
  "8h",
  "12h",
);
const duration = fc
  .integer({ min: 1, max: 2000 })
  .map((count) => (count % 60 === 0 ? `${count / 60}h` : `${count}m`));
const lifetime = fc.oneof(
  fc.integer({ min: 1, max: 999 }).map((count) => `${count}h`),
  fc.integer({ min: 1, max: 365 }).map((count) => `${count}d`),
  fc.integer({ min: 1, max: 24 }).map((count) => `${count}mo`),
);
const refreshToken = fc.oneof(
  fc.constantFrom("zero", "infinite"),
  lifetime.map((text) => `{lifetime: ${text}}`),
  lifetime.map((text) => `{inactivity: ${text}}`),
);
const flag = fc.boolean();
const number = fc.nat({ max: 100_000 });
const setOf = (entry: fc.Arbitrary<string>) => fc.uniqueArray(entry, { maxLength: 4 });
const listOf = (entry: fc.Arbitrary<string>) => fc.array(entry, { minLength: 1, maxLength: 3 });
const oneOf = (words: readonly string[]) => fc.constantFrom(...words);
const attributes = fc.uniqueArray(fc.record({ key: oneLine, formula: severalLines }), { maxLength: 3 });
const range = fc
  .oneof(fc.tuple(fc.ipV4(), fc.ipV4()), fc.tuple(fc.ipV6(), fc.ipV6()))
  .map(([one, other]) =>
    [parseIpRange(`${one}-${other}`), parseIpRange(`${other}-${one}`)].find((found) => "start" in found),
  )
  .map((bounds) => (bounds !== undefined && "start" in bounds ? ipRangeText(bounds) : "10.0.0.0/8"));
const ipRanges = fc.array(
  fc.record({ range, description: oneLine }, { requiredKeys: ["range"] }).map((record) => ({ ...record })),
  { maxLength: 3 },
);
const otherMetadata = fc
  .array(fc.tuple(word, fc.oneof(severalLines, fc.constant(""))), { minLength: 1, maxLength: 3 })
  .map((elements) =>
    formatFragment(elements.map(([name, text]) => ({ name: `isNew${name}`, text, children: [] }))),
  );

/** Canonical values of every setting. */
const values: { [Path in SettingPath]: fc.Arbitrary<NonNullable<Settings[Path]>> } = {
  label: oneLine,
  contactEmail: email,
  contactPhone: oneLine,
  description: severalLines,
  iconUrl: webAddress,
  infoUrl: webAddress,
  logoUrl: webAddress,
  startUrl: destination,
  mobileStartUrl: destination,
  attributes,
  "oauth.callbackUrl": listOf(destination.filter((text) => !text.startsWith("/"))),
  "oauth.scopes": fc.uniqueArray(oneOf(Object.keys(scopeMetadataNames)), { minLength: 1, maxLength: 5 }),
  "oauth.customScopes": setOf(inList),
  "oauth.clientCredentials.enabled": flag,
  "oauth.clientCredentials.runAs": email,
  "oauth.accessToken.format": oneOf(["jwt", "opaque"]),
  "oauth.accessToken.timeout": jwtTimeout,
  "oauth.idToken.audience": listOf(oneLine),
  "oauth.idToken.includeAttributes": flag,
  "oauth.idToken.includeCustomPermissions": flag,
  "oauth.idToken.includeStandardClaims": flag,
  "oauth.idToken.validity": duration,
  "oauth.assetToken.enabled": fc.constant(false),
  "oauth.assetToken.audiences": listOf(oneLine),
  "oauth.assetToken.includeAttributes": flag,
  "oauth.assetToken.includeCustomPermissions": flag,
  "oauth.assetToken.signingCertificate": oneLine,
  "oauth.assetToken.validityPeriod": number,
  "oauth.certificate": certificate,
  "oauth.clientAssertionCertificate": certificate,
  "oauth.singleLogoutUrl": webAddress,
  "oauth.trustedIpRanges": ipRanges,
  "oauth.codeCredentials.enabled": flag,
  "oauth.codeCredentials.postOnly": flag,
  "oauth.deviceFlow": flag,
  "oauth.dpop": flag,
  "oauth.firstParty": flag,
  "oauth.introspectAllTokens": flag,
  "oauth.ipBinding": flag,
  "oauth.mutualTls": flag,
  "oauth.requirePkce": flag,
  "oauth.refreshToken.enforceLifetime": flag,
  "oauth.refreshToken.requireSecret": flag,
  "oauth.refreshToken.rotate": flag,
  "oauth.tokenExchange.enabled": flag,
  "oauth.tokenExchange.requireSecret": flag,
  "oauth.webServerFlow.secretOptional": flag,
  "policy.enabled": flag,
  "policy.clientCredentials": flag,
  "policy.permittedUsers": oneOf(["adminApproved", "selfAuthorized"]),
  "policy.permissionSets": setOf(inList),
  "policy.profiles": setOf(inList),
  "policy.customScopes": setOf(inList),
  "policy.attributes": attributes,
  "policy.ipRelaxation": oneOf(["enforce", "bypass", "bypass2Factor", "enforceRelaxRefresh"]),
  "policy.refreshToken": refreshToken,
  "policy.startPage": oneOf(metadataWords.startPage),
  "policy.startUrl": destination,
  "policy.singleLogoutUrl": webAddress,
  "policy.tokenExchange": flag,
  "policy.session.action": oneOf(metadataWords.policyAction),
  "policy.session.level": oneOf(metadataWords.sessionLevel),
  "policy.session.timeout": duration,
  "policy.guestAccess.codeCredentials": flag,
  "policy.guestAccess.timeout": jwtTimeout,
  "policy.apexHandler": word,
  "policy.apexHandlerRunAs": email,
  "plugins.oauth": flag,
  "plugins.saml": flag,
  "plugins.canvas": flag,
  "plugins.mobile": flag,
  "plugins.push": flag,
  "plugins.notification": flag,
  "plugins.attest": flag,
  "saml.acsUrl": webAddress,
  "saml.entityUrl": oneLine,
  "saml.issuer": oneLine,
  "saml.certificate": certificate,
  "saml.encryptionCertificate": certificate,
  "saml.encryptionType": oneOf(metadataWords.samlEncryptionType),
  "saml.signingAlgorithm": oneOf(metadataWords.samlSigningAlgorithm),
  "saml.nameIdFormat": oneOf(metadataWords.samlNameIdFormat),
  "saml.subjectType": oneOf(metadataWords.samlSubjectType),
  "saml.subjectCustomAttribute": oneLine,
  "saml.singleLogoutUrl": webAddress,
  "saml.singleLogoutBinding": oneOf(metadataWords.samlLogoutBinding),
  "canvas.url": webAddress,
  "canvas.accessMethod": oneOf(metadataWords.canvasAccessMethod),
  "canvas.lifecycleClass": word,
  "canvas.locations": setOf(oneOf(metadataWords.canvasLocation)),
  "canvas.options": setOf(oneOf(metadataWords.canvasOption)),
  "canvas.samlInitiationMethod": oneOf(metadataWords.samlInitiationMethod),
  "canvasMetadata.url": webAddress,
  "canvasMetadata.accessMethod": oneLine,
  "canvasMetadata.lifecycleClass": word,
  "canvasMetadata.locations": oneLine,
  "canvasMetadata.options": oneLine,
  "canvasMetadata.samlInitiationMethod": oneLine,
  "mobile.platform": oneOf(metadataWords.devicePlatform),
  "mobile.deviceType": oneOf(metadataWords.deviceType),
  "mobile.version": oneLine,
  "mobile.minimumOsVersion": oneLine,
  "mobile.bundleIdentifier": oneLine,
  "mobile.installUrl": webAddress,
  "mobile.privateApp": flag,
  "mobile.binary.fileName": oneLine,
  "mobile.binary.length": number,
  "mobile.binary.content": file,
  "mobile.icon.fileName": oneLine,
  "mobile.icon.content": file,
  "packaging.distributionState": oneOf(metadataWords.distributionState),
  "packaging.protected": flag,
  "packaging.managedType": oneOf(metadataWords.managedType),
  "packaging.orgScopedExternalApp": oneLine,
  "packaging.oauthLink": oneLine,
  "componentLabels.globalOauth": oneLine,
  "componentLabels.oauth": oneLine,
  "componentLabels.oauthPolicies": oneLine,
  "componentLabels.policies": oneLine,
  "otherMetadata.ConnectedApp": otherMetadata,
  "otherMetadata.ExternalClientApplication": otherMetadata,
  "otherMetadata.ExtlClntAppGlobalOauthSettings": otherMetadata,
  "otherMetadata.ExtlClntAppOauthSettings": otherMetadata,
  "otherMetadata.ExtlClntAppOauthConfigurablePolicies": otherMetadata,
  "otherMetadata.ExtlClntAppConfigurablePolicies": otherMetadata,
};

/** Settings that are there wherever another one of their block is. */
const required: Readonly<Record<KindName, readonly string[]>> = {
  ConnectedApp: [
    "label",
    "contactEmail",
    "oauth.callbackUrl",
    "oauth.assetToken.audiences",
    "oauth.assetToken.includeAttributes",
    "oauth.assetToken.includeCustomPermissions",
    "oauth.assetToken.signingCertificate",
    "oauth.assetToken.validityPeriod",
  ],
  ExternalClientApp: ["policy.clientCredentials"],
};
const requiredOfBoth = [
  "oauth.clientCredentials.enabled",
  "oauth.codeCredentials.enabled",
  "oauth.tokenExchange.enabled",
  "saml.acsUrl",
  "saml.entityUrl",
  "saml.subjectType",
  "canvas.url",
  "canvas.accessMethod",
  "canvasMetadata.url",
  "canvasMetadata.accessMethod",
  "mobile.platform",
  "mobile.version",
];

/** Any settings of a kind that a spec can have, each in its canonical form. */
export function arbitrarySettings(kindName: KindName): fc.Arbitrary<Settings> {
  const kind = kinds[kindName];
  const paths = new Set<SettingPath>([
    ...kind.fields.map(({ setting }) => setting),
    ...kind.components.map(({ type }) => otherMetadataPath(type)),
  ]);
  const without = [...paths].filter((path) => values[path] === undefined);
  if (without.length > 0) throw new Error(`${without} has no values in ${import.meta.filename}: add a line`);
  const all = fc.record(
    Object.fromEntries(
      [...paths].map((path) => [path, fc.tuple(fc.boolean(), values[path] as fc.Arbitrary<unknown>)]),
    ),
  );
  // How full an app is differs: some have a handful of settings, some have nearly all.
  return fc.tuple(all, fc.boolean()).map(([generated, isFull]) => {
    const chosen = Object.entries(generated).filter(([, [there]]) => isFull || there);
    const parents = new Set(chosen.flatMap(([path]) => parentsOf(path)));
    const needed = [...required[kindName], ...requiredOfBoth];
    const entries = Object.entries(generated)
      .filter(([path, [there]]) => {
        const isNeeded = needed.includes(path) && (!path.includes(".") || parents.has(parentOf(path)));
        return isFull || there || isNeeded;
      })
      .map(([path, [, value]]) => [path, value]);
    const settings = Object.fromEntries(entries);
    // A block that is off says nothing else.
    if (Object.keys(settings).filter((path) => path.startsWith("oauth.assetToken.")).length > 1)
      delete settings["oauth.assetToken.enabled"];
    return settings as Settings;
  });
}

function parentOf(path: string): string {
  return path.split(".").slice(0, -1).join(".");
}

function parentsOf(path: string): string[] {
  const parent = parentOf(path);
  return parent === "" ? [] : [parent, ...parentsOf(parent)];
}
