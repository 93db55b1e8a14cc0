import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { compare } from "../../../src/app/compare.ts";
import type { DesiredApp } from "../../../src/app/desiredApp.ts";
import { settingDefinitions } from "../../../src/app/settings.ts";
import type { MetadataFile } from "../../../src/metadata/kind.ts";
import { kinds } from "../../../src/metadata/kinds.ts";
import { otherMetadataPath } from "../../../src/metadata/otherMetadata.ts";
import { readApp } from "../../../src/metadata/read.ts";
import { render } from "../../../src/metadata/render.ts";
import { toSourceFiles } from "../../../src/metadata/sourceFiles.ts";
import { formatFragment, formatXml, parseFragment, parseXml } from "../../../src/metadata/xmlText.ts";
import { resolve } from "../../../src/spec/resolve.ts";
import { loadText } from "../spec/loadText.ts";

const cases = join(import.meta.dirname, "cases");

function appOf(caseName: string): DesiredApp {
  const file = join(cases, caseName, "spec.yaml");
  const result = loadText(readFileSync(file, "utf8"), file, {});
  if (!("loaded" in result)) throw new Error(JSON.stringify(result.problems));
  return resolve(result.loaded.app);
}

describe.each(readdirSync(cases))("the spec of the case %s", (caseName) => {
  const app = appOf(caseName);
  const files = toSourceFiles(render(app, { key: app.consumerKey }));

  test("gives its expected files, byte for byte", async () => {
    for (const { path, content } of files) {
      await expect(content).toMatchFileSnapshot(join(cases, caseName, "expected", path));
    }
  });

  test("is what its files are read as, but for what only Setup holds", () => {
    const read = readApp(app.kind, render(app));
    const paths = compare(app.settings, read.settings).map(({ path }) => path);
    expect(kinds[app.kind].setupOnly).toEqual(expect.arrayContaining(paths));
  });
});

test.each(["ConnectedApp", "ExternalClientApp"] as const)(
  "every setting of the kind %s is in a case",
  (kindName) => {
    const { fields, setupOnly, components } = kinds[kindName];
    const all = [
      ...fields.map(({ setting }) => setting),
      ...setupOnly,
      ...components.map(({ type }) => otherMetadataPath(type)),
    ];
    const said = readdirSync(cases)
      .map(appOf)
      .filter(({ kind }) => kind === kindName)
      .flatMap(({ settings }) => Object.keys(settings));
    expect(all.filter((path) => !said.includes(path))).toEqual([]);
    expect(said.filter((path) => !all.some((known) => known === path))).toEqual([]);
  },
);

test("every setting belongs to a kind", () => {
  const ofKinds = Object.values(kinds).flatMap(({ fields, setupOnly, components }) => [
    ...fields.map(({ setting }) => setting),
    ...setupOnly,
    ...components.map(({ type }) => otherMetadataPath(type)),
  ]);
  expect(new Set(ofKinds)).toEqual(new Set(Object.keys(settingDefinitions)));
});

describe("an update", () => {
  const file = (xml: string): MetadataFile => ({
    component: kinds.ConnectedApp.components[0] as MetadataFile["component"],
    fullName: "Grown",
    content: parseXml(xml),
  });
  const grown = `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
    <attributes><formula>$User.Id</formula><key>id</key></attributes>
    <brandNewElement>kept</brandNewElement>
    <label>Grown</label>
    <oauthConfig>
        <callbackUrl>https://example.com</callbackUrl>
        <consumerKey>KeyOfTheOrg1</consumerKey>
        <isAdminApproved>false</isAdminApproved>
        <scopes>Api</scopes>
        <scopes>Web</scopes>
    </oauthConfig>
    <oauthPolicy><ipRelaxation>BYPASS</ipRelaxation><refreshTokenPolicy>zero</refreshTokenPolicy></oauthPolicy>
</ConnectedApp>`;
  const app: DesiredApp = {
    kind: "ConnectedApp",
    name: "Grown",
    settings: { label: "New", "oauth.scopes": ["full"] },
  };

  test("keeps what the spec does not mention, unknown elements included", () => {
    const [rendered] = render(app, { key: "KeyOfTheOrg1" }, [file(grown)]);
    const expected = grown
      .replace("<label>Grown<", "<label>New<")
      .replace(/<scopes>Api<\/scopes>\s*<scopes>Web<\/scopes>/, "<scopes>Full</scopes>");
    expect(rendered && formatXml(rendered.content)).toBe(formatXml(parseXml(expected)));
  });

  test("adds no policy to an app that has none, and leaves alone what says the same in other words", () => {
    const inOtherWords = grown
      .replace(/\s*<oauthPolicy>.*<\/oauthPolicy>/, "")
      .replace("<scopes>Web<", "<scopes>Profile<");
    const said = { "policy.ipRelaxation": "enforce", "oauth.scopes": ["id", "api"], "oauth.dpop": false };
    const [rendered] = render({ ...app, settings: said }, { key: "KeyOfTheOrg1" }, [file(inOtherWords)]);
    expect(rendered && formatXml(rendered.content)).toBe(formatXml(parseXml(inOtherWords)));
  });

  test("completes a policy by what Salesforce requires in it", () => {
    const settings = { "policy.singleLogoutUrl": "https://example.com/logout" };
    const [rendered] = render({ ...app, settings });
    expect(rendered && formatXml(rendered.content)).toMatch(
      /<ipRelaxation>ENFORCE<\/ipRelaxation>\s*<refreshTokenPolicy>infinite<\/refreshTokenPolicy>\s*<singleLogoutUrl>/,
    );
  });

  test("holds a consumer key only where one is given, and never the secret of before", () => {
    const withSecret = grown.replace(
      "</consumerKey>",
      "</consumerKey><consumerSecret>Secret123</consumerSecret>",
    );
    const [rendered] = render(app, {}, [file(withSecret)]);
    expect(rendered && formatXml(rendered.content)).not.toMatch(/consumer(Key|Secret)/);
  });

  test("keeps the element of a record that stays, whatever else it holds", () => {
    const withMore = grown.replace("<key>id</key>", "<isBrandNew>true</isBrandNew><key>id</key>");
    const attributes = [
      { key: "email", formula: "$User.Email" },
      { key: "id", formula: "$User.Id" },
    ];
    const [rendered] = render({ ...app, settings: { attributes } }, {}, [file(withMore)]);
    const found = rendered?.content.children.filter(({ name }) => name === "attributes") ?? [];
    expect(formatFragment(found)).toBe(
      formatFragment(
        parseFragment(`<attributes><formula>$User.Email</formula><key>email</key></attributes>
          <attributes><formula>$User.Id</formula><isBrandNew>true</isBrandNew><key>id</key></attributes>`),
      ),
    );
  });

  test("replaces the unknown elements by those that the spec says, and removes them on demand", () => {
    const elements = (fragment: string) => {
      const settings = { "otherMetadata.ConnectedApp": fragment };
      const [rendered] = render({ ...app, settings }, {}, [file(grown)]);
      return rendered === undefined ? "" : formatXml(rendered.content);
    };
    const other = elements("<oauthConfig><isOther>1</isOther></oauthConfig><other>2</other>");
    expect(other).not.toContain("brandNewElement");
    expect(other).toMatch(/<isOther>1<\/isOther>\s*<scopes>Api/);
    expect(other).toContain("<other>2</other>");
    expect(elements("")).not.toContain("brandNewElement");
  });

  test("removes an asset token that the spec says is off", () => {
    const withToken = grown.replace(
      "<callbackUrl>",
      "<assetTokenConfig><assetAudiences>a</assetAudiences></assetTokenConfig><callbackUrl>",
    );
    const [rendered] = render({ ...app, settings: { "oauth.assetToken.enabled": false } }, {}, [
      file(withToken),
    ]);
    expect(rendered && formatXml(rendered.content)).not.toContain("asset");
    expect(readApp("ConnectedApp", [file(withToken)]).settings["oauth.assetToken.enabled"]).toBe(true);
  });
});

test("parts that are there keep their names, and a new policy is named after the OAuth settings, as the org names it", () => {
  const minimal = appOf("external-minimal");
  const policies = { "policy.ipRelaxation": "bypass", "policy.enabled": true };
  const app = { ...minimal, settings: { ...minimal.settings, ...policies } };
  const [application, global, oauth] = render(app);
  const there = [application, { ...global, fullName: "Any_GlblOAuth" }, { ...oauth, fullName: "AnyOAuth" }];
  expect(render(app, {}, there as MetadataFile[]).map(({ fullName }) => fullName)).toEqual([
    "Minimal",
    "Any_GlblOAuth",
    "AnyOAuth",
    "AnyOAuth_defaultPolicy",
    "Minimal_defaultPolicy",
  ]);
});
