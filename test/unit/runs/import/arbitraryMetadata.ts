import fc from "fast-check";
import type { KindName } from "../../../../src/app/desiredApp.ts";
import { connectedAppSchema } from "../../../../src/localorg/metadata/types/connectedAppSchema.ts";
import {
  externalClientApplicationSchema,
  globalOauthSettingsSchema,
  oauthPoliciesSchema,
  oauthSettingsSchema,
  policiesSchema,
} from "../../../../src/localorg/metadata/types/externalClientApp/schemas.ts";
import { type ComplexType, isComplex } from "../../../../src/localorg/metadata/types/schema.ts";
import { kinds } from "../../../../src/metadata/kinds.ts";
import { element, type XmlElement } from "../../../../src/metadata/xmlElement.ts";
import { certificate as oneCertificate, otherCertificate, pem } from "../../certificates.ts";

const schemas: Readonly<Record<string, ComplexType>> = Object.fromEntries(
  [
    connectedAppSchema,
    externalClientApplicationSchema,
    globalOauthSettingsSchema,
    oauthSettingsSchema,
    oauthPoliciesSchema,
    policiesSchema,
  ].map((schema) => [schema.name, schema]),
);

/** The files of one app by the metadata type of their component, as the published schema allows them. */
export type AppContent = Record<string, XmlElement>;

const line = fc
  .oneof(
    fc.constantFrom(
      "<b>",
      "a & b",
      '"quoted"',
      "true",
      "${env:HOME}",
      "$${x}",
      "]]>",
      "é 日本語 😀",
      "# no comment",
      "- a",
      "a: b",
    ),
    fc.string({ unit: "grapheme", maxLength: 30 }).map((text) => text.trim()),
  )
  .filter((text) => text !== "" && text.trim() === text && /^[^\p{Cc}\p{Cs}\uFFFE\uFFFF]*$/u.test(text));
const url = fc.stringMatching(/^[a-z]{1,10}$/).map((path) => `https://example.com/${path}?a=1&b=2`);
const email = fc.stringMatching(/^[a-z]{1,10}$/).map((name) => `${name}@example.com`);
const lines = fc.array(line, { minLength: 1, maxLength: 3 }).map((texts) => texts.join("\n"));
const certificate = fc.constantFrom(
  ...[oneCertificate, otherCertificate].flatMap((base64) => [
    base64,
    pem(base64),
    `subject=CN = example.com\n${pem(base64)}`,
  ]),
);
const commaSeparated = (entry: fc.Arbitrary<string>) =>
  fc
    .uniqueArray(
      entry.filter((text) => !text.includes(",")),
      { maxLength: 3 },
    )
    .map((texts) => texts.join(", "));
const scopeWords = [
  "Api",
  "Web",
  "RefreshToken",
  "OfflineAccess",
  "OpenID",
  "Profile",
  "Email",
  "Basic",
  "CDP",
  "A2A",
];
const minutes = fc.constantFrom("1", "5", "10", "15", "30", "60", "120", "720");
const refreshTokenPolicy = fc.oneof(
  fc.constantFrom("zero", "infinite"),
  fc
    .tuple(
      fc.constantFrom("lifetime", "inactivity"),
      fc.integer({ min: 1, max: 99 }),
      fc.constantFrom("HOURS", "DAYS", "MONTHS"),
    )
    .map(([policy, count, unit]) => `specific_${policy}:${count}:${unit}`),
);

/** Elements whose texts have a form that the schema does not tell. */
const texts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  callbackUrl: fc.array(url, { minLength: 1, maxLength: 3 }).map((urls) => urls.join("\n")),
  contactEmail: email,
  iconUrl: url,
  infoUrl: url,
  logoUrl: url,
  startUrl: fc.oneof(url, fc.constantFrom("/home", "my-app:start")),
  mobileStartUrl: url,
  singleLogoutUrl: url,
  samlSloUrl: url,
  description: lines,
  formula: lines,
  idTokenAudience: lines,
  assetAudiences: lines,
  assetTokenAudiences: lines,
  certificate,
  encryptionCertificate: certificate,
  clientAssertionCertificate: certificate,
  commaSeparatedOauthScopes: fc
    .uniqueArray(fc.constantFrom(...scopeWords, "SFApiPlatform"), { minLength: 1, maxLength: 5 })
    .map((words) => words.join(", ")),
  commaSeparatedCustomScopes: commaSeparated(line),
  commaSeparatedPermissionSet: commaSeparated(line),
  commaSeparatedProfile: commaSeparated(line),
  ipRelaxation: fc.constantFrom("ENFORCE", "BYPASS", "BYPASS_2FACTOR", "ENFORCE_RELAXREFRESH"),
  ipRelaxationPolicyType: fc.constantFrom("Enforce", "Bypass", "Bypass_2factor", "Enforce_RelaxRefresh"),
  refreshTokenPolicy,
  namedUserJwtTimeout: minutes,
  guestJwtTimeout: minutes,
};

/** Elements of the app's own that each app has in another form, or that only go together. */
const apart = [
  "fullName",
  "consumerKey",
  "consumerSecret",
  "externalClientApplication",
  "shouldRotateConsumerKey",
  "shouldRotateConsumerSecret",
  "refreshTokenPolicyType",
  "refreshTokenValidityPeriod",
  "refreshTokenValidityUnit",
  "namedUserJwtSessionTimeoutType",
  "namedUserJwtTimeout",
  "guestJwtSessionTimeoutType",
  "guestJwtTimeout",
];

function contentOf(name: string, schema: ComplexType): fc.Arbitrary<XmlElement> {
  const children = Object.entries(schema.elements)
    .filter(([child]) => !apart.includes(child))
    .map(([child, { type, occurs }]): fc.Arbitrary<XmlElement[]> => {
      const one = isComplex(type)
        ? contentOf(child, type)
        : textOf(child, type).map((text) => element(child, text));
      if (occurs === "required") return one.map((found) => [found]);
      if (occurs === "list") {
        const entries = isComplex(type)
          ? fc.array(one, { maxLength: 3 })
          : fc.uniqueArray(one, { maxLength: 3, selector: ({ text }) => text });
        return fc.tuple(fc.boolean(), entries).map(([isThere, found]) => (isThere ? found : []));
      }
      return fc.option(one, { nil: undefined, freq: 2 }).map((found) => (found === undefined ? [] : [found]));
    });
  return fc.tuple(...children).map((found) => element(name, "", found.flat()));
}

function textOf(
  name: string,
  type: "string" | "boolean" | "int" | { name: string; words: readonly string[] },
): fc.Arbitrary<string> {
  const special = texts[name];
  if (special !== undefined) return special;
  if (type === "boolean") return fc.constantFrom("true", "false", "1", "0");
  if (type === "int") return fc.integer({ min: 1, max: 100_000 }).map(String);
  return type === "string" ? line : fc.constantFrom(...type.words);
}

const range = fc
  .oneof(
    fc.tuple(fc.ipV4(), fc.ipV4()),
    fc.constantFrom(["2001:db8::", "2001:db8::ffff"], ["::1", "::1"], ["10.0.0.0", "10.255.255.255"]),
  )
  .map((bounds) => [...bounds].sort((a, b) => (numberOf(a) < numberOf(b) ? -1 : 1)) as [string, string]);

/** Enough for an order: both are of one family. */
function numberOf(address: string): number {
  return address.includes(":")
    ? address.length
    : address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The start and end of IP ranges are no lines, and have to fit each other. */
function withRanges(content: XmlElement, ranges: readonly [string, string][]): XmlElement {
  let next = 0;
  const children = content.children.map((child) => {
    const names = { ipRanges: ["start", "end"], trustedIpRanges: ["startIpAddress", "endIpAddress"] }[
      child.name
    ];
    if (names === undefined) return child;
    const bounds = ranges[next++ % ranges.length] ?? ["10.0.0.1", "10.0.0.2"];
    return {
      ...child,
      children: child.children.map((inner) => {
        const index = names.indexOf(inner.name);
        return index < 0 ? inner : { ...inner, text: bounds[index] ?? "" };
      }),
    };
  });
  return { ...content, children };
}

const policyParts = fc.oneof(
  fc.constantFrom([["refreshTokenPolicyType", "Infinite"]], [["refreshTokenPolicyType", "Zero"]], []),
  fc
    .tuple(
      fc.constantFrom("SpecificLifetime", "SpecificInactivity"),
      fc.integer({ min: 1, max: 99 }),
      fc.constantFrom("Days", "Hours", "Months"),
    )
    .map(([type, count, unit]) => [
      ["refreshTokenPolicyType", type],
      ["refreshTokenValidityPeriod", String(count)],
      ["refreshTokenValidityUnit", unit],
    ]),
);
const timeoutParts = (user: string) =>
  fc.oneof(
    fc.constantFrom([[`${user}SessionTimeoutType`, "UserSession"]], []),
    minutes.map((count) => [
      [`${user}SessionTimeoutType`, "Custom"],
      [`${user}Timeout`, count],
    ]),
    minutes.map((count) => [[`${user}Timeout`, count]]),
  );

/** Any app of a kind, with unknown elements here and there. */
export function arbitraryApp(kind: KindName): fc.Arbitrary<AppContent> {
  const contents = Object.fromEntries(
    kinds[kind].components.map(({ type }) => [type, contentOf(type, schemas[type] as ComplexType)]),
  );
  const unknown = fc.option(fc.record({ name: fc.stringMatching(/^isNew[A-Z][a-z]{1,5}$/), text: line }), {
    nil: undefined,
  });
  return fc
    .tuple(
      fc.record(contents),
      fc.array(range, { minLength: 1, maxLength: 5 }),
      policyParts,
      timeoutParts("namedUserJwt"),
      timeoutParts("guestJwt"),
      unknown,
    )
    .map(([app, ranges, ...parts]) => {
      const [policy, named, guest, isNew] = parts;
      const entries = Object.entries(app).map(([type, content]) => {
        const extra = type === "ExtlClntAppOauthConfigurablePolicies" ? [...policy, ...named, ...guest] : [];
        const own = kinds[kind].components.flatMap((component) =>
          component.type === type ? (component.appElement ?? []) : [],
        );
        return [
          type,
          withRanges(
            {
              ...content,
              children: [
                ...content.children,
                ...extra.map(([name = "", text]) => element(name, text)),
                ...own.map((name) => element(name, "App")),
                ...(isNew === undefined ? [] : [element(isNew.name, isNew.text)]),
              ],
            },
            ranges,
          ),
        ];
      });
      return Object.fromEntries(entries);
    });
}
