import { describe, expect, test } from "vitest";
import { compare } from "../../../src/app/compare.ts";
import type { KindName } from "../../../src/app/desiredApp.ts";
import type { SettingPath } from "../../../src/app/settings.ts";
import { unknownWords } from "../../../src/app/unknownWords.ts";
import type { MetadataFile } from "../../../src/metadata/kind.ts";
import { kinds } from "../../../src/metadata/kinds.ts";
import { readApp } from "../../../src/metadata/read.ts";
import { render } from "../../../src/metadata/render.ts";
import type { XmlElement } from "../../../src/metadata/xmlElement.ts";
import { parseXml } from "../../../src/metadata/xmlText.ts";
import { problemsOfKind } from "../../../src/project/problemsOfKind.ts";
import { resolve } from "../../../src/spec/resolve.ts";
import { writeSpec } from "../../../src/spec/write.ts";
import { loadText } from "../spec/loadText.ts";

/** Elements with words that Salesforce may add one day, each with the setting and the word that a spec has for it. */
const cases: { type: string; xml: string; path: SettingPath; word: string }[] = [
  {
    type: "ConnectedApp",
    xml: "<oauthConfig><scopes>Api</scopes><scopes>Quantum</scopes></oauthConfig>",
    path: "oauth.scopes",
    word: "Quantum",
  },
  {
    type: "ConnectedApp",
    xml: "<oauthPolicy><ipRelaxation>ENFORCE_LATER</ipRelaxation></oauthPolicy>",
    path: "policy.ipRelaxation",
    word: "ENFORCE_LATER",
  },
  {
    type: "ConnectedApp",
    xml: "<oauthPolicy><refreshTokenPolicy>sliding:30:DAYS</refreshTokenPolicy></oauthPolicy>",
    path: "policy.refreshToken",
    word: "sliding:30:DAYS",
  },
  {
    type: "ConnectedApp",
    xml: "<oauthPolicy><refreshTokenPolicy>specific_lifetime:2:WEEKS</refreshTokenPolicy></oauthPolicy>",
    path: "policy.refreshToken",
    word: "specific_lifetime:2:WEEKS",
  },
  {
    type: "ConnectedApp",
    xml: "<sessionPolicy><sessionLevel>HIGHEST</sessionLevel></sessionPolicy>",
    path: "policy.session.level",
    word: "HIGHEST",
  },
  {
    type: "ConnectedApp",
    xml: "<samlConfig><acsUrl>https://a.example.com</acsUrl><entityUrl>urn:a</entityUrl><samlSubjectType>PairwiseId</samlSubjectType></samlConfig>",
    path: "saml.subjectType",
    word: "PairwiseId",
  },
  {
    type: "ConnectedApp",
    xml: "<canvasConfig><accessMethod>Get</accessMethod><canvasUrl>https://a.example.com</canvasUrl><locations>Hologram</locations></canvasConfig>",
    path: "canvas.locations",
    word: "Hologram",
  },
  {
    type: "ExtlClntAppOauthSettings",
    xml: "<commaSeparatedOauthScopes>Api, Quantum</commaSeparatedOauthScopes>",
    path: "oauth.scopes",
    word: "Quantum",
  },
  {
    type: "ExtlClntAppOauthConfigurablePolicies",
    xml: "<permittedUsersPolicyType>AgentsOnly</permittedUsersPolicyType>",
    path: "policy.permittedUsers",
    word: "AgentsOnly",
  },
  {
    type: "ExtlClntAppOauthConfigurablePolicies",
    xml: "<ipRelaxationPolicyType>Enforce_Later</ipRelaxationPolicyType>",
    path: "policy.ipRelaxation",
    word: "Enforce_Later",
  },
  {
    type: "ExtlClntAppOauthConfigurablePolicies",
    xml: "<refreshTokenPolicyType>Sliding</refreshTokenPolicyType><refreshTokenValidityPeriod>30</refreshTokenValidityPeriod><refreshTokenValidityUnit>Days</refreshTokenValidityUnit>",
    path: "policy.refreshToken",
    word: "Sliding:30:Days",
  },
  {
    type: "ExtlClntAppOauthConfigurablePolicies",
    xml: "<refreshTokenPolicyType>SpecificLifetime</refreshTokenPolicyType><refreshTokenValidityPeriod>2</refreshTokenValidityPeriod><refreshTokenValidityUnit>Weeks</refreshTokenValidityUnit>",
    path: "policy.refreshToken",
    word: "SpecificLifetime:2:Weeks",
  },
  {
    type: "ExtlClntAppOauthConfigurablePolicies",
    xml: "<namedUserJwtSessionTimeoutType>Idle</namedUserJwtSessionTimeoutType><namedUserJwtTimeout>30</namedUserJwtTimeout>",
    path: "oauth.accessToken.timeout",
    word: "Idle:30",
  },
  {
    type: "ExtlClntAppOauthConfigurablePolicies",
    xml: "<namedUserJwtSessionTimeoutType>Endless</namedUserJwtSessionTimeoutType>",
    path: "oauth.accessToken.timeout",
    word: "Endless",
  },
  {
    type: "ExtlClntAppOauthConfigurablePolicies",
    xml: "<namedUserJwtSessionTimeoutType>Custom</namedUserJwtSessionTimeoutType><namedUserJwtTimeout>45</namedUserJwtTimeout>",
    path: "oauth.accessToken.timeout",
    word: "45m",
  },
  {
    type: "ExtlClntAppOauthConfigurablePolicies",
    xml: "<requiredSessionLevel>HIGHEST</requiredSessionLevel>",
    path: "policy.session.level",
    word: "HIGHEST",
  },
  {
    type: "ExtlClntAppConfigurablePolicies",
    xml: "<startPage>Lightning</startPage>",
    path: "policy.startPage",
    word: "Lightning",
  },
  {
    type: "ExternalClientApplication",
    xml: "<distributionState>Shared</distributionState>",
    path: "packaging.distributionState",
    word: "Shared",
  },
];

function fileOf(type: string, xml: string): { kind: KindName; file: MetadataFile } {
  const kind = type === "ConnectedApp" ? "ConnectedApp" : "ExternalClientApp";
  const component = kinds[kind].components.find((one) => one.type === type);
  if (component === undefined) throw new Error(type);
  const content = parseXml(`<${type}>${xml}</${type}>`);
  return { kind, file: { component, fullName: "App", content } };
}

/** The elements that hold a text, such as `scopes=Api`. */
function textsOf(content: XmlElement | undefined): string[] {
  const { name, text, children } = content ?? { name: "", text: "", children: [] };
  return [...(text.trim() === "" ? [] : [`${name}=${text}`]), ...children.flatMap(textsOf)];
}

describe.each(cases)("$type with $word", ({ type, xml, path, word }) => {
  const { kind, file } = fileOf(type, xml);
  const { settings } = readApp(kind, [file]);
  const needed = {
    label: "App",
    contactEmail: "a@example.com",
    ...(kind === "ConnectedApp" && path.startsWith("oauth")
      ? { "oauth.callbackUrl": ["https://a.example.com"] }
      : {}),
  };
  const result = loadText(writeSpec(kind, "App", { ...needed, ...settings }), "spec.yaml", {});

  test("is read as itself, and told", () => {
    expect(unknownWords(settings)).toMatchObject([{ path, word }]);
  });
  test("can be said in a spec, and is no difference then", () => {
    if (!("loaded" in result)) throw new Error(JSON.stringify(result.problems));
    expect(problemsOfKind(result.loaded)).toEqual([]);
    expect(compare(settings, resolve(result.loaded.app).settings)).toEqual([]);
  });
  test("is written as it was", () => {
    if (!("loaded" in result)) throw new Error(JSON.stringify(result.problems));
    const written = render(resolve(result.loaded.app)).find(({ component }) => component.type === type);
    expect(textsOf(written?.content)).toEqual(expect.arrayContaining(textsOf(file.content)));
  });
});

test("what should be true or false, and says neither, is told, and no spec can say it", () => {
  const xml = "<oauthConfig><isClientCredentialEnabled>on</isClientCredentialEnabled></oauthConfig>";
  const { settings } = readApp("ConnectedApp", [fileOf("ConnectedApp", xml).file]);
  expect(unknownWords(settings)).toMatchObject([
    { path: "oauth.clientCredentials.enabled", word: "on", known: ["true", "false"] },
  ]);
  const spec = writeSpec("ConnectedApp", "App", { label: "App", contactEmail: "a@example.com", ...settings });
  expect(loadText(spec, "spec.yaml", {})).toMatchObject({
    problems: expect.arrayContaining([
      expect.objectContaining({ id: "wrongType", path: "oauth.clientCredentials.enabled" }),
    ]),
  });
});

test.each([
  { type: "ConnectedApp", xml: "<oauthConfig><scopes>SFAP</scopes></oauthConfig>" },
  {
    type: "ExtlClntAppOauthSettings",
    xml: "<commaSeparatedOauthScopes>SFApiPlatform</commaSeparatedOauthScopes>",
  },
])("$type has its own name for sfap_api", ({ type, xml }) => {
  const { kind, file } = fileOf(type, xml);
  expect(readApp(kind, [file]).settings["oauth.scopes"]).toEqual(["sfap_api"]);
  const files = render({ kind, name: "App", settings: { "oauth.scopes": ["sfap_api"] } });
  expect(files.flatMap(({ content }) => textsOf(content))).toEqual(
    expect.arrayContaining(textsOf(file.content)),
  );
});

test.each(["SFAP", "SFApiPlatform", "sfap_api"])("a spec may call that scope %s", (name) => {
  const source = `apiVersion: cpq/v1\nkind: ExternalClientApp\nname: App\noauth: {scopes: [${name}]}\n`;
  const result = loadText(source, "spec.yaml", {});
  expect("loaded" in result && result.loaded.app.oauth?.scopes).toEqual(["sfap_api"]);
});
