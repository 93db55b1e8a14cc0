import { describe, expect, test } from "vitest";
import type { KindName } from "../../../src/app/desiredApp.ts";
import { componentOfFile } from "../../../src/metadata/appFiles.ts";
import { appNameOf, namesOf } from "../../../src/metadata/componentNames.ts";
import { componentType } from "../../../src/metadata/componentType.ts";
import type { MetadataFile } from "../../../src/metadata/kind.ts";
import { kinds } from "../../../src/metadata/kinds.ts";
import { changeableComponents, comparedComponents, isOfPackage } from "../../../src/metadata/packagedApp.ts";
import { hasApplication, impliedSettings, readApp } from "../../../src/metadata/read.ts";
import { withoutConsumer } from "../../../src/metadata/render.ts";
import { unreadElements } from "../../../src/metadata/unreadElements.ts";
import { unknownSettings, unseenParts } from "../../../src/metadata/unseenParts.ts";
import { parseXml } from "../../../src/metadata/xmlText.ts";

/** A file of a component, by its name, with this inside of its root element. */
function file(name: string, inner = ""): MetadataFile {
  const { component, fullName } = componentOfFile(name) ?? {};
  if (component === undefined || fullName === undefined) throw new Error(`${name} is no part of an app.`);
  return { component, fullName, content: parseXml(`<${component.type}>${inner}</${component.type}>`) };
}

const typesOf = (components: readonly { type: string }[]) => components.map(({ type }) => type);
const eca = kinds.ExternalClientApp;
const policies = ["ExtlClntAppOauthConfigurablePolicies", "ExtlClntAppConfigurablePolicies"];

describe("an app of a package", () => {
  test.each<{ kind: KindName; name: string; changeable: string[]; compared: string[] }>([
    {
      kind: "ExternalClientApp",
      name: "acme__A",
      changeable: policies,
      compared: policies,
    },
    { kind: "ConnectedApp", name: "acme__A", changeable: [], compared: ["ConnectedApp"] },
    { kind: "ConnectedApp", name: "A", changeable: ["ConnectedApp"], compared: ["ConnectedApp"] },
    {
      kind: "ExternalClientApp",
      name: "A",
      changeable: typesOf(eca.components),
      compared: typesOf(eca.components),
    },
  ])("or not: of the $kind $name, its org may change $changeable", ({ kind, name, changeable, compared }) => {
    expect(typesOf(changeableComponents({ kind, name }))).toEqual(changeable);
    expect(typesOf(comparedComponents({ kind, name }))).toEqual(compared);
  });

  test.each([
    { path: "oauth.scopes", is: true },
    { path: "otherMetadata.ExternalClientApplication", is: true },
    { path: "oauth.clientCredentials.runAs", is: false },
    { path: "otherMetadata.ExtlClntAppConfigurablePolicies", is: false },
    { path: "no.setting", is: false },
  ])("has $path in the package alone: $is", ({ path, is }) => {
    expect(isOfPackage({ kind: "ExternalClientApp", name: "acme__A" }, path)).toBe(is);
    expect(isOfPackage({ kind: "ExternalClientApp", name: "A" }, path)).toBe(false);
  });

  test("leaves a connected app's timeout, which only Setup has, to be compared", () =>
    expect(isOfPackage({ kind: "ConnectedApp", name: "acme__A" }, "oauth.accessToken.timeout")).toBe(false));
});

describe("the parts of an app", () => {
  test("have the names that the org gives to new ones", () =>
    expect([...namesOf(eca, "A", []).values()]).toEqual([
      "A",
      "A_glbloauth",
      "A_oauth",
      "A_oauth_defaultPolicy",
      "A_defaultPolicy",
    ]));

  test("keep the names that they have, after which the org names others", () =>
    expect([...namesOf(eca, "A", [file("My.ecaOauth"), file("Mine.ecaPlcy")]).values()]).toEqual([
      "A",
      "A_glbloauth",
      "My",
      "My_defaultPolicy",
      "Mine",
    ]));

  test("of a packaged app have names without its namespace where its org makes them", () =>
    expect([...namesOf(eca, "acme__A", []).values()].slice(3)).toEqual([
      "A_oauth_defaultPolicy",
      "A_defaultPolicy",
    ]));

  test.each([
    { name: "A.eca", inner: "", app: "A" },
    { name: "x.ecaOauth", inner: "<externalClientApplication>\n A </externalClientApplication>", app: "A" },
    { name: "x.ecaOauth", inner: "", app: "" },
  ])("say to which app they belong: $name to $app", ({ name, inner, app }) =>
    expect(appNameOf(file(name, inner))).toBe(app),
  );

  test("are of types that Salesforce's registry knows", () => {
    expect(kinds.ConnectedApp.components[0]).toMatchObject({
      folder: "connectedApps",
      suffix: "connectedApp",
    });
    const unknown = { type: "NoSuchType" as "ConnectedApp", newName: (name: string) => name };
    expect(() => componentType(unknown)).toThrow("The registry has no type NoSuchType.");
  });
});

describe("what was not seen of an app", () => {
  test("is each part without a file, with its settings", () => {
    const files = [file("A.eca"), file("A_oauth.ecaOauth"), file("A.ecaGlblOauth")];
    const unseen = unseenParts({ kind: "ExternalClientApp", files });
    expect(unseen.map(({ component }) => component.type)).toEqual(policies);
    expect(unseen[0]?.settings).toEqual(
      expect.arrayContaining([
        "oauth.clientCredentials.runAs",
        "otherMetadata.ExtlClntAppOauthConfigurablePolicies",
      ]),
    );
    expect(unseen[0]?.settings).not.toContain("oauth.scopes");
    expect(unknownSettings({ kind: "ExternalClientApp", files })).toEqual(
      unseen.flatMap(({ settings }) => settings),
    );
  });

  test("is nothing of a connected app that was read", () =>
    expect(unknownSettings({ kind: "ConnectedApp", files: [file("A.connectedApp")] })).toEqual([]));
});

describe("what files say of an app", () => {
  test("is whether the app itself is there", () => {
    expect(hasApplication("ExternalClientApp", [file("A.eca"), file("A.ecaOauth")])).toBe(true);
    expect(hasApplication("ExternalClientApp", [file("A.ecaOauth")])).toBe(false);
    expect(hasApplication("ConnectedApp", [])).toBe(false);
  });

  test("is its consumer key, and files without a consumer have none", () => {
    const inner =
      "<label>A</label><oauthConfig><consumerKey>K</consumerKey><consumerSecret>S</consumerSecret></oauthConfig>";
    const app = file("A.connectedApp", inner);
    expect(readApp("ConnectedApp", [app]).consumerKey).toBe("K");
    const [clean] = withoutConsumer("ConnectedApp", [app]);
    expect(clean?.content).toEqual(parseXml("<ConnectedApp><label>A</label><oauthConfig/></ConnectedApp>"));
    expect(readApp("ExternalClientApp", [file("A.eca")])).toEqual({ settings: {}, consumerKey: undefined });
    const other = file("A.eca");
    expect(withoutConsumer("ExternalClientApp", [other])[0]).toBe(other);
  });

  test("leaves the rest to Salesforce, except for what a new app says", () => {
    const implied = impliedSettings("ConnectedApp", [file("A.connectedApp", "<label>A</label>")]);
    expect(implied).toContain("oauth.scopes");
    expect(implied).not.toContain("label");
    const initial = kinds.ConnectedApp.fields.filter((field) => field.initial !== undefined);
    for (const { setting } of initial) expect(implied).not.toContain(setting);
    expect(impliedSettings("ConnectedApp", [])).toContain("label");
  });
});

describe("what no setting holds although its element is known", () => {
  test.each<{ what: string; inner: string; lost: string[] }>([
    { what: "nothing, if all is read", inner: "<label>A</label><startUrl> </startUrl>", lost: [] },
    {
      what: "an element of a record, once",
      inner:
        "<attributes><key>a</key><formula>1</formula><isNew>1</isNew></attributes><attributes><key>b</key><formula>1</formula><isNew>2</isNew></attributes>",
      lost: ["attributes/isNew"],
    },
  ])("$what", ({ inner, lost }) => {
    const files = [file("A.connectedApp", inner)];
    const { settings } = readApp("ConnectedApp", files);
    expect(unreadElements(kinds.ConnectedApp, files, settings)).toEqual(lost);
  });

  test("a text of which no sense can be made", () => {
    const inner = "<commaSeparatedOauthScopes>,</commaSeparatedOauthScopes>";
    const files = [file("A.ecaOauth", inner), file("A.eca", "<label>A</label>")];
    const { settings } = readApp("ExternalClientApp", files);
    expect(unreadElements(eca, files, settings)).toEqual(["commaSeparatedOauthScopes"]);
  });
});
