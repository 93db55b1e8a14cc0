import { describe, expect, test } from "vitest";
import { appsOfFiles, componentOfFile, type FoundFile } from "../../../src/metadata/appFiles.ts";
import { isFurtherComponentFile } from "../../../src/metadata/furtherComponents.ts";
import { toSourceFiles } from "../../../src/metadata/sourceFiles.ts";
import { parseXml } from "../../../src/metadata/xmlText.ts";

/** A file as it is found, with this inside of its root element. */
function found(path: string, inner = ""): FoundFile {
  const { component, fullName } = componentOfFile(path.split("/").at(-1) ?? "") ?? {};
  if (component === undefined || fullName === undefined) throw new Error(`${path} is no part of an app.`);
  const content = parseXml(`<${component.type}>${inner}</${component.type}>`);
  return { path, component, fullName, content };
}

const ofApp = (name: string, more = "") =>
  `<externalClientApplication>${name}</externalClientApplication>${more}`;
const eca = found("A.eca");
const oauth = found("any.ecaOauth", ofApp("A"));
const policy = found("A_defaultPolicy.ecaPlcy", ofApp("A"));
const packaged = found("p.ecaOauthPlcy", ofApp(" acme__A "));

describe("the name of a file tells its component:", () => {
  test.each([
    { file: "A.connectedApp-meta.xml", kind: "ConnectedApp", type: "ConnectedApp", name: "A" },
    { file: "A.connectedApp", kind: "ConnectedApp", type: "ConnectedApp", name: "A" },
    {
      file: "A%28b%29.eca-meta.xml",
      kind: "ExternalClientApp",
      type: "ExternalClientApplication",
      name: "A(b)",
    },
    { file: "100%.eca", kind: "ExternalClientApp", type: "ExternalClientApplication", name: "100%" },
    { file: "x.y.ecaOauth", kind: "ExternalClientApp", type: "ExtlClntAppOauthSettings", name: "x.y" },
  ])("$file", ({ file, kind, type, name }) => {
    const one = componentOfFile(file);
    expect([one?.kind, one?.component.type, one?.fullName]).toEqual([kind, type, name]);
  });

  test.each(["A.profile-meta.xml", "connectedApp", "A.connectedApp.bak", "A.ecaCanvas"])("not %s", (file) =>
    expect(componentOfFile(file)).toBeUndefined(),
  );

  test.each([
    { file: "A.ecaCanvas-meta.xml", is: true },
    { file: "A.ecaNew", is: true },
    { file: "A.eca", is: false },
    { file: "A.ecaCanvas.bak", is: false },
    { file: "AecaCanvas", is: false },
    { file: "A.ecaCanvas-metaXxml", is: false },
  ])("$file holds what no setting stands for: $is", ({ file, is }) =>
    expect(isFurtherComponentFile(file)).toBe(is),
  );

  test("and its place in a package directory", () =>
    expect(toSourceFiles([eca, oauth]).map(({ path }) => path)).toEqual([
      "externalClientApps/A.eca-meta.xml",
      "extlClntAppOauthSettings/any.ecaOauth-meta.xml",
    ]));
});

describe("files make apps:", () => {
  test.each<{ what: string; files: FoundFile[]; unreadable?: FoundFile[]; apps: Record<string, string[]> }>([
    {
      what: "a part belongs to the app that it names, in the order of the parts",
      files: [policy, oauth, eca],
      apps: { A: ["A.eca", "any.ecaOauth", "A_defaultPolicy.ecaPlcy"] },
    },
    {
      what: "of a packaged app, only what its org may change counts",
      files: [found("acme__A.eca"), packaged],
      apps: { acme__A: ["p.ecaOauthPlcy"] },
    },
    {
      what: "of a packaged connected app, all counts",
      files: [found("acme__A.connectedApp")],
      apps: { acme__A: ["acme__A.connectedApp"] },
    },
    {
      what: "the same file twice is one",
      files: [found("A.connectedApp"), found("b/A.connectedApp-meta.xml")],
      apps: { A: ["A.connectedApp"] },
    },
    {
      what: "two kinds of one name are two apps",
      files: [found("A.connectedApp"), eca],
      apps: { A: ["A.connectedApp"], "A ": ["A.eca"] },
    },
    {
      what: "an app whose part cannot be read is left out",
      files: [eca],
      unreadable: [found("A_oauth.ecaOauth")],
      apps: {},
    },
    {
      what: "an app that has that part is not, and no app of another name",
      files: [eca, oauth, found("C.eca")],
      unreadable: [found("A_oauth.ecaOauth")],
      apps: { A: ["A.eca", "any.ecaOauth"], C: ["C.eca"] },
    },
    {
      what: "the application of another app that cannot be read takes none with it",
      files: [eca],
      unreadable: [found("A_B.eca"), found("A.connectedApp")],
      apps: { A: ["A.eca"] },
    },
    { what: "an application that cannot be read does", files: [eca], unreadable: [eca], apps: {} },
  ])("$what", ({ files, unreadable = [], apps }) => {
    const result = appsOfFiles(files, unreadable);
    expect(result.problems).toEqual([]);
    expect(result.apps.map(({ name, files: own }) => [name, own.map(({ path }) => path)])).toEqual(
      Object.entries(apps).map(([name, paths]) => [name.trim(), paths]),
    );
    expect(result.apps.some((app) => "problems" in app)).toBe(false);
  });

  const longName = "A".repeat(81);
  test.each<{ what: string; files: FoundFile[]; problem: object }>([
    {
      what: "a part that names no app",
      files: [found("x.ecaOauth")],
      problem: { path: "x.ecaOauth", id: "noApplication", values: ["externalClientApplication"] },
    },
    {
      what: "parts without an application",
      files: [found("x.ecaOauth", ofApp("B"))],
      problem: { path: "x.ecaOauth", id: "noApp", values: ["B", "B.eca"] },
    },
    {
      what: "a packaged app without policies",
      files: [found("acme__B.eca")],
      problem: { path: "acme__B.eca", id: "noPolicies", values: ["acme__B", "acme"] },
    },
    {
      what: "a file that says another name",
      files: [found("A.connectedApp", "<fullName> B </fullName>")],
      problem: { path: "A.connectedApp", id: "otherFullName", values: ["B", "A"] },
    },
    {
      what: "a name that no app can have",
      files: [found("A-b.connectedApp")],
      problem: { path: "A-b.connectedApp", id: "badName", values: ["A-b"] },
    },
    {
      what: "a name that is too long",
      files: [found(`${longName}.connectedApp`)],
      problem: { path: `${longName}.connectedApp`, id: "badName", values: [longName] },
    },
    {
      what: "two parts of one type",
      files: [eca, oauth, found("other.ecaOauth", ofApp("A"))],
      problem: {
        path: "other.ecaOauth",
        id: "secondPart",
        values: ["A", "ExtlClntAppOauthSettings", "any", "any.ecaOauth"],
      },
    },
    {
      what: "one part with two contents",
      files: [found("A.connectedApp"), found("b/A.connectedApp", "<label>B</label>")],
      problem: { path: "b/A.connectedApp", id: "twice", values: ["ConnectedApp A", "A.connectedApp"] },
    },
    {
      what: "an element that is there twice",
      files: [found("A.connectedApp", "<label>A</label><label>B</label>")],
      problem: { path: "A.connectedApp", id: "repeated", values: ["label"] },
    },
    {
      what: "a parent that is there twice",
      files: [found("A.connectedApp", "<oauthConfig/><oauthConfig/>")],
      problem: { path: "A.connectedApp", id: "repeated", values: ["oauthConfig"] },
    },
    {
      what: "elements instead of a text",
      files: [found("A.connectedApp", "<oauthConfig><callbackUrl><a/></callbackUrl></oauthConfig>")],
      problem: { path: "A.connectedApp", id: "structured", values: ["oauthConfig/callbackUrl"] },
    },
  ])("$what is a problem, and no app", ({ files, problem }) => {
    const { apps, problems } = appsOfFiles(files, []);
    expect(problems).toEqual([problem]);
    expect(apps).toEqual([]);
  });

  test("an element that may be there often, and a name of 80 characters, are none", () => {
    const inner =
      "<oauthConfig><scopes>Api</scopes><scopes>Web</scopes></oauthConfig><profileName>A</profileName>";
    const { apps, problems } = appsOfFiles([found(`${"A".repeat(80)}.connectedApp`, inner)], []);
    expect(problems).toEqual([]);
    expect(apps).toHaveLength(1);
  });

  test("what is wrong with one app does not touch another", () => {
    const { apps, problems } = appsOfFiles([found("A-b.connectedApp"), found("B.connectedApp")], []);
    expect(problems).toHaveLength(1);
    expect(apps.map(({ name }) => name)).toEqual(["B"]);
  });
});
