import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { readSpec } from "../../../../src/project/readSpec.ts";
import type { ImportedApp } from "../../../../src/results/import.ts";
import type { ImportFailure } from "../../../../src/runs/import/foundApps.ts";
import { type ImportOptions, importApps } from "../../../../src/runs/import/importApps.ts";
import { resolve } from "../../../../src/spec/resolve.ts";

const connectedApp = (inner = "", label = "App") => `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
    <contactEmail>platform@example.com</contactEmail>
    <label>${label}</label>
    ${inner}
</ConnectedApp>
`;
const part = (type: string, inner = "", app = "App") =>
  `<${type} xmlns="http://soap.sforce.com/2006/04/metadata"><externalClientApplication>${app}</externalClientApplication>${inner}</${type}>`;
const externalClientApp = {
  "externalClientApps/App.eca-meta.xml":
    "<ExternalClientApplication><label>App</label></ExternalClientApplication>",
  "extlClntAppGlobalOauthSets/AppGlblOAuth.ecaGlblOauth-meta.xml": part(
    "ExtlClntAppGlobalOauthSettings",
    "<callbackUrl>https://example.com</callbackUrl><isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>",
  ),
  "extlClntAppOauthSettings/AppOAuthSettings.ecaOauth-meta.xml": part(
    "ExtlClntAppOauthSettings",
    "<commaSeparatedOauthScopes>Api</commaSeparatedOauthScopes><oauthLink>00D1:App_oauth</oauthLink>",
  ),
  "extlClntAppOauthPolicies/AppOAuthSettings_defaultPolicy.ecaOauthPlcy-meta.xml": part(
    "ExtlClntAppOauthConfigurablePolicies",
    "<isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>",
  ),
  "extlClntAppPolicies/App_defaultPolicy.ecaPlcy-meta.xml": part(
    "ExtlClntAppConfigurablePolicies",
    "<isEnabled>true</isEnabled>",
  ),
};

type Files = Readonly<Record<string, string | Buffer>>;

function folderOf(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), "cpq-import-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

interface Outcome {
  apps: readonly ImportedApp[];
  /** Places are relative to the folder. */
  failures: ImportFailure[];
}

async function imported(folder: string, more: Partial<ImportOptions> = {}): Promise<Outcome> {
  const options = {
    source: { folder },
    kind: undefined,
    exclude: [],
    outputFolder: join(folder, "specs"),
    legacy: "leave" as const,
  };
  try {
    const { apps } = await importApps({ ...options, ...more });
    return { apps, failures: [] };
  } catch (error) {
    const { name, data } = error as { name: string; data: Outcome };
    if (name !== "ImportFailed") throw error;
    const failures = data.failures.map(({ place, message }) => ({ place: relative(folder, place), message }));
    return { apps: data.apps, failures };
  }
}

const settingsOf = (file: string) => resolve(readSpec(file).app).settings;

describe("files of apps", () => {
  test("in source format and in metadata format make a spec each; the name comes from the file's name", async () => {
    const folder = folderOf({
      "force-app/main/default/connectedApps/One.connectedApp-meta.xml": connectedApp(),
      "mdapi/connectedApps/Two.connectedApp": connectedApp("", "&#x00DC;mlaut &amp; <![CDATA[<Sons>]]>"),
      "other/package.xml": "<Package/>",
      "node_modules/x/Three.connectedApp": connectedApp(),
      ".hidden/Four.connectedApp": connectedApp(),
    });
    const { apps, failures } = await imported(folder);
    expect(failures).toEqual([]);
    expect(apps.map(({ name }) => name)).toEqual(["One", "Two"]);
    expect(settingsOf(apps[1]?.file ?? "").label).toBe("Ümlaut & <Sons>");
  });

  test("of one external client app are one spec, without what each org makes itself", async () => {
    const { apps } = await imported(folderOf(externalClientApp));
    expect(apps).toMatchObject([
      {
        kind: "ExternalClientApp",
        name: "App",
        notes: [/secret/, /packaging\.oauthLink/].map((pattern) => expect.stringMatching(pattern)),
      },
    ]);
    expect(settingsOf(apps[0]?.file ?? "")).toMatchObject({
      "oauth.clientCredentials.enabled": true,
      "policy.clientCredentials": true,
    });
  });

  test("of an external client app without policies say nothing of them, and the policies are named as missing", async () => {
    const {
      "extlClntAppOauthPolicies/AppOAuthSettings_defaultPolicy.ecaOauthPlcy-meta.xml": _none,
      ...files
    } = externalClientApp;
    const { apps } = await imported(folderOf(files));
    expect(apps[0]?.notes.join()).toMatch(
      /OAuth policies \(ExtlClntAppOauthConfigurablePolicies, \.ecaOauthPlcy\)/,
    );
    expect(readFileSync(apps[0]?.file ?? "", "utf8")).not.toMatch(/permittedUsers|ipRelaxation/);
  });

  test("of an external client app without the global OAuth settings switch nothing off", async () => {
    const { "extlClntAppGlobalOauthSets/AppGlblOAuth.ecaGlblOauth-meta.xml": _none, ...files } =
      externalClientApp;
    const policies = part(
      "ExtlClntAppOauthConfigurablePolicies",
      "<clientCredentialsFlowUser>a@example.com</clientCredentialsFlowUser><isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>",
    );
    const path = "extlClntAppOauthPolicies/AppOAuthSettings_defaultPolicy.ecaOauthPlcy-meta.xml";
    const { apps } = await imported(folderOf({ ...files, [path]: policies }));
    expect(apps[0]?.notes.join()).toContain("global OAuth settings");
    const text = readFileSync(apps[0]?.file ?? "", "utf8");
    expect(text).not.toContain("enabled: false");
    expect(text).not.toMatch(/callbackUrl|accessToken/);
  });

  test("of an app without OAuth make a spec that makes no OAuth components", async () => {
    const folder = folderOf({
      "App.eca": "<ExternalClientApplication><label>App</label></ExternalClientApplication>",
      "App_plcy.ecaPlcy": part(
        "ExtlClntAppConfigurablePolicies",
        "<isEnabled>false</isEnabled><isSamlPluginEnabled>1</isSamlPluginEnabled>",
      ),
    });
    const { apps } = await imported(folder);
    const settings = settingsOf(apps[0]?.file ?? "");
    expect(settings).toMatchObject({ "policy.enabled": false, "plugins.saml": true, "plugins.oauth": false });
    expect(Object.keys(settings).filter((path) => path.startsWith("oauth."))).toEqual([]);
  });

  test("of an app of a package make a spec of its policies, with the package's own files or without", async () => {
    const policies = part(
      "ExtlClntAppOauthConfigurablePolicies",
      "<clientCredentialsFlowUser>a@example.com</clientCredentialsFlowUser><isClientCredentialsFlowEnabled>true</isClientCredentialsFlowEnabled>",
      "ns__App",
    );
    const own = { "App_oauth_defaultPolicy.ecaOauthPlcy": policies };
    const application = "<ExternalClientApplication><label>App</label></ExternalClientApplication>";
    for (const files of [own, { ...own, "ns__App.eca": application }]) {
      const { apps, failures } = await imported(folderOf(files));
      expect(failures).toEqual([]);
      expect(settingsOf(apps[0]?.file ?? "")).toEqual({
        "oauth.clientCredentials.runAs": "a@example.com",
        "policy.clientCredentials": true,
      });
      expect(apps[0]?.notes.join()).not.toMatch(/global OAuth settings|OAuth settings of/);
    }
  });

  test("of both kinds with one name make a spec each", async () => {
    const { apps } = await imported(folderOf({ ...externalClientApp, "App.connectedApp": connectedApp() }));
    expect(apps.map(({ file }) => file.split("/").at(-1)).sort()).toEqual([
      "App.external-client-app.yaml",
      "App.yaml",
    ]);
  });

  test("can be asked for by kind, or one by one", async () => {
    const folder = folderOf({ ...externalClientApp, "connectedApps/Old.connectedApp": connectedApp() });
    expect((await imported(folder, { kind: "ConnectedApp" })).apps).toMatchObject([{ name: "Old" }]);
    const source = { folder: join(folder, "connectedApps/Old.connectedApp") };
    expect((await imported(folder, { source, outputFolder: join(folder, "one") })).apps).toMatchObject([
      { name: "Old" },
    ]);
  });

  test("that stand twice with the same content are taken once", async () => {
    const { apps, failures } = await imported(
      folderOf({ "a/App.connectedApp": connectedApp(), "b/App.connectedApp-meta.xml": connectedApp() }),
    );
    expect([apps.length, failures]).toEqual([1, []]);
  });

  test("behind a symbolic link are found", async () => {
    const folder = folderOf({});
    symlinkSync(folderOf({ "App.connectedApp": connectedApp() }), join(folder, "link"));
    expect((await imported(folder)).apps).toMatchObject([{ name: "App" }]);
  });
});

describe("a spec", () => {
  test("says where it is from, and explains its blocks", async () => {
    const inner =
      "<oauthConfig><callbackUrl>https://example.com</callbackUrl><isNamedUserJwtEnabled>true</isNamedUserJwtEnabled></oauthConfig>";
    const { apps } = await imported(folderOf({ "App.connectedApp": connectedApp(inner) }));
    const text = readFileSync(apps[0]?.file ?? "", "utf8");
    expect(text).toMatch(/^# Imported from .*App\.connectedApp\.$/m);
    expect(text).toMatch(/\n\n# What the app does in OAuth.*\noauth:\n/);
    expect(text).toMatch(/# The timeout of JWT-based access tokens is not known.*\n {2}accessToken:\n/);
    expect(text).toMatch(/\n# .*\n# consumer: \{key: .*\nconsumer: generated\n$/);
  });

  test("is never written over a file that is there", async () => {
    const folder = folderOf({ "App.connectedApp": connectedApp(), "specs/App.yaml": "mine" });
    const { failures } = await imported(folder);
    expect(failures).toEqual([
      { place: "specs/App.yaml", message: expect.stringContaining("exists already") },
    ]);
    expect(readFileSync(join(folder, "specs/App.yaml"), "utf8")).toBe("mine");
  });

  test("tells which elements it cannot say", async () => {
    const inner = "<attributes><key>a</key><formula>1</formula><isNew>true</isNew></attributes>";
    const { apps } = await imported(folderOf({ "App.connectedApp": connectedApp(inner) }));
    expect(apps[0]?.notes).toContainEqual(expect.stringContaining("attributes/isNew"));
  });
});

const good = { "Good.connectedApp": connectedApp() };
test.each<{ what: string; files: Files; place: string; message: RegExp }>([
  {
    what: "broken XML",
    files: { "App.connectedApp": "<ConnectedApp>\n  <label>App</labe>\n</ConnectedApp>" },
    place: "App.connectedApp:2:13",
    message: /labe/,
  },
  {
    what: "a document type",
    files: { "App.connectedApp": '<?xml version="1.0"?>\n<!DOCTYPE x [<!ENTITY a "b">]>\n<ConnectedApp/>' },
    place: "App.connectedApp:2:1",
    message: /DOCTYPE/,
  },
  {
    what: "another root element",
    files: { "App.connectedApp": "<!-- -->\n<Profile/>" },
    place: "App.connectedApp:2:1",
    message: /<Profile>.*<ConnectedApp>/,
  },
  {
    what: "a binary file",
    files: { "App.connectedApp": Buffer.from([0x50, 0x4b, 3, 4, 0xff, 0xfe]) },
    place: "App.connectedApp:1:1",
    message: /not UTF-8/,
  },
  {
    what: "a file with a zero",
    files: { "App.connectedApp": "<ConnectedApp>\n\0</ConnectedApp>" },
    place: "App.connectedApp:2:1",
    message: /character is not allowed in XML/,
  },
  { what: "an empty file", files: { "App.connectedApp": "" }, place: "App.connectedApp:1:1", message: /./ },
  {
    what: "an attribute that nobody reads",
    files: { "App.connectedApp": connectedApp('<isNew why="x">1</isNew>') },
    place: "App.connectedApp:5:12",
    message: /attribute why/,
  },
  {
    what: "another fullName within",
    files: { "App.connectedApp": connectedApp("<fullName>Other</fullName>") },
    place: "App.connectedApp:1:1",
    message: /says that it holds Other, but its name says App/,
  },
  {
    what: "a name with two namespaces",
    files: { "my__ns__App.connectedApp": connectedApp() },
    place: "my__ns__App.connectedApp:1:1",
    message: /my__ns__App is not an API name/,
  },
  {
    what: "a name that is a path",
    files: { "x%2F..%2Fetc.connectedApp": connectedApp() },
    place: "x%2F..%2Fetc.connectedApp:1:1",
    message: /x\/\.\.\/etc is not an API name/,
  },
  {
    what: "an element that stands twice",
    files: { "App.connectedApp": connectedApp("<label>Other</label>") },
    place: "App.connectedApp:1:1",
    message: /label occurs more than once/,
  },
  {
    what: "a block that stands twice",
    files: { "App.connectedApp": connectedApp("<samlConfig/><samlConfig/>") },
    place: "App.connectedApp:1:1",
    message: /samlConfig occurs more than once/,
  },
  {
    what: "elements within a text",
    files: { "App.connectedApp": connectedApp("<startUrl><a/></startUrl>") },
    place: "App.connectedApp:1:1",
    message: /startUrl holds elements/,
  },
  {
    what: "a value that no spec can have",
    files: { "App.connectedApp": connectedApp("<ipRanges><start>here</start><end>there</end></ipRanges>") },
    place: "App.connectedApp",
    message: /must be an IP range/,
  },
  {
    what: "a second part of one type",
    files: {
      ...externalClientApp,
      "extlClntAppOauthSettings/App_other.ecaOauth": part("ExtlClntAppOauthSettings"),
    },
    place: "extlClntAppOauthSettings/App_other.ecaOauth:1:1",
    message:
      /app App.*has another ExtlClntAppOauthSettings.*AppOAuthSettings in .*AppOAuthSettings\.ecaOauth-meta\.xml/,
  },
  {
    what: "a part without its app",
    files: { "Lone_oauth.ecaOauth": part("ExtlClntAppOauthSettings", "", "Lone") },
    place: "Lone_oauth.ecaOauth:1:1",
    message: /app Lone, whose file Lone\.eca/,
  },
  {
    what: "the application of a package alone",
    files: { "ns__App.eca": "<ExternalClientApplication><label>App</label></ExternalClientApplication>" },
    place: "ns__App.eca:1:1",
    message: /app ns__App of the package ns\. An org can change only the policies/,
  },
  {
    what: "a part that names no app",
    files: { "X_oauth.ecaOauth": "<ExtlClntAppOauthSettings/>" },
    place: "X_oauth.ecaOauth:1:1",
    message: /externalClientApplication.*missing/,
  },
  {
    what: "two files of one name",
    files: { "App.connectedApp": connectedApp(), "b/App.connectedApp": connectedApp("", "Other") },
    place: "b/App.connectedApp:1:1",
    message: /ConnectedApp App is also in .*App\.connectedApp, with different content/,
  },
  {
    what: "a broken part of an app",
    files: { ...externalClientApp, "extlClntAppPolicies/App_defaultPolicy.ecaPlcy-meta.xml": "<" },
    place: "extlClntAppPolicies/App_defaultPolicy.ecaPlcy-meta.xml:1:2",
    message: /./,
  },
])("$what is an error with its place, and everything else is imported", async ({ files, place, message }) => {
  const { apps, failures } = await imported(folderOf({ ...good, ...files }));
  expect(failures).toEqual([{ place, message: expect.stringMatching(message) }]);
  expect(apps.map(({ name }) => name)).toEqual(["Good"]);
});

test("symbolic links without end are errors", async () => {
  const folder = folderOf(good);
  mkdirSync(join(folder, "a"));
  symlinkSync("..", join(folder, "a", "up"));
  symlinkSync("self", join(folder, "self"));
  symlinkSync("gone", join(folder, "Gone.connectedApp"));
  const { apps, failures } = await imported(folder);
  expect(failures.map(({ place }) => place).sort()).toEqual([
    "Gone.connectedApp:1:1",
    "a/up:1:1",
    "self:1:1",
  ]);
  expect(apps.map(({ name }) => name)).toEqual(["Good"]);
});

test("a folder without apps, and none at all, are errors", async () => {
  await expect(imported(folderOf({ "a.txt": "" }))).rejects.toMatchObject({ name: "NothingToImportError" });
  await expect(imported("/nowhere/at/all")).rejects.toMatchObject({ name: "SourceMissingError" });
});
