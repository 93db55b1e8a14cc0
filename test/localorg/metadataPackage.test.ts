import { afterAll, beforeAll, expect, test } from "vitest";
import { readZip } from "../../src/localorg/metadata/deploy/packageZip.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox } from "./clients.ts";
import { appXml, deploy, manifestXml, namespace, zipOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const app = "connectedApps/App.connectedApp";

/** Deploys files, and gives back each failure as `fileName (fullName): problem`. */
async function failures(files: Record<string, string>, options: object = {}): Promise<string[]> {
  const { details, status } = await deploy(sandbox, await zipOf(files), options);
  expect(status).toBe(details.componentFailures.length > 0 ? "Failed" : "Succeeded");
  return details.componentFailures.map(
    ({ fileName, fullName, problem }) => `${fileName} (${fullName}): ${problem}`,
  );
}

test.each<{ what: string; files: Record<string, string>; expected: string[] }>([
  {
    what: "a missing package.xml",
    files: { [app]: appXml("") },
    expected: ["package.xml (package.xml): No package.xml found"],
  },
  {
    what: "a package.xml that is no XML",
    files: { "package.xml": "<Package", [app]: appXml("") },
    expected: ["package.xml (package.xml): Error parsing file: Unclosed tag 'Package'."],
  },
  {
    what: "a package.xml of another namespace",
    files: { "package.xml": "<Package/>" },
    expected: [
      `package.xml (package.xml): Error parsing file: Element {}Package is not the expected element {${namespace}}Package`,
    ],
  },
  {
    what: "a package.xml with an unknown element",
    files: { "package.xml": `<Package xmlns="${namespace}"><type/></Package>` },
    expected: [
      `package.xml (package.xml): Error parsing file: Element {${namespace}}type invalid at this location in type Package`,
    ],
  },
  {
    what: "a type that does not exist",
    files: { "package.xml": manifestXml({ ConectedApp: ["App"] }) },
    expected: ["package.xml (package.xml): Unknown type name 'ConectedApp' specified in package.xml"],
  },
  {
    what: "a member without a file",
    files: { "package.xml": manifestXml({ ConnectedApp: ["App"] }) },
    expected: [
      "package.xml (App): An object 'App' of type ConnectedApp was named in package.xml, but was not found in zipped directory",
    ],
  },
  {
    what: "a file that package.xml does not name",
    files: { "package.xml": manifestXml({}), [app]: appXml("") },
    expected: [`${app} (App): Not in package.xml`],
  },
  {
    what: "a file of no type",
    files: { "package.xml": manifestXml({}), "notes/readme.txt": "x" },
    expected: ["notes/readme.txt (readme.txt): Not in package.xml"],
  },
])("a package is refused for $what", async ({ files, expected }) => {
  expect(await failures(files)).toEqual(expected);
  expect(sandbox.org.connectedApps.size).toBe(0);
});

test("allowMissingFiles allows a member without a file", async () => {
  const files = { "package.xml": manifestXml({ ConnectedApp: ["App"] }) };
  expect(await failures(files, { allowMissingFiles: true })).toEqual([]);
});

test("a zip of several packages holds each in its own folder", async () => {
  const files = { "package.xml": manifestXml({ ConnectedApp: ["App"] }), [app]: appXml("") };
  expect(await failures(files, { singlePackage: false, checkOnly: true })).toEqual([
    "connectedApps/package.xml (package.xml): No package.xml found",
  ]);
  const inFolder = Object.fromEntries(Object.entries(files).map(([path, text]) => [`first/${path}`, text]));
  expect(await failures(inFolder, { singlePackage: false, checkOnly: true })).toEqual([]);
  expect(await failures(inFolder, { singlePackage: true, checkOnly: true })).toEqual([]);
});

test("a member * takes all files of its type, with the suffix of a project or without", async () => {
  const files = {
    "package.xml": manifestXml({ ConnectedApp: ["*"] }),
    [app]: appXml(""),
    "connectedApps/Second.connectedApp-meta.xml": appXml(""),
  };
  const { details } = await deploy(sandbox, await zipOf(files), { checkOnly: true });
  expect(details.componentSuccesses.map(({ fullName }) => fullName)).toEqual([
    "App",
    "Second",
    "package.xml",
  ]);
});

test.each(["../App.connectedApp", "connectedApps/../../x", "/etc/passwd", "a\\b", "c:/x"])(
  "the path %s in a zip is refused",
  async (path) => {
    const zip = await zipOf({ "package.xml": manifestXml({}), [path]: "x" });
    const { status, errorMessage } = await deploy(sandbox, zip);
    expect({ status, errorMessage }).toEqual({
      status: "Failed",
      errorMessage: `Invalid path in zip: ${path}`,
    });
  },
);

test("what is no zip, or a damaged one, fails the deploy", async () => {
  const whole = await zipOf({ "package.xml": manifestXml({}), "big.txt": "some text ".repeat(5000) });
  for (const bytes of [Buffer.from("no zip"), whole.subarray(0, whole.length - 30), whole.subarray(40)]) {
    const { status, errorMessage } = await deploy(sandbox, bytes);
    expect({ status, errorMessage }).toEqual({
      status: "Failed",
      errorMessage: "The zip file is not valid or is damaged.",
    });
  }
});

test("a zip with too many files is refused", async () => {
  const files = Object.fromEntries(Array.from({ length: 10_001 }, (_, index) => [`f${index}`, ""]));
  const { errorMessage } = await deploy(sandbox, await zipOf(files));
  expect(errorMessage).toBe("Too many files in zip: more than 10000 files.");
});

test("a small zip that unpacks to more than an org takes is refused", async () => {
  const mebibyte = 1024 * 1024;
  const zip = await zipOf({ one: new Uint8Array(mebibyte), two: new Uint8Array(mebibyte) });
  expect(zip.length).toBeLessThan(10_000);
  const unpack = (unpackedBytes: number) => readZip(zip, { files: 2, unpackedBytes });
  await expect(unpack(2 * mebibyte - 1)).rejects.toThrow(/^Maximum size of unzipped files exceeded/);
  expect((await unpack(2 * mebibyte)).size).toBe(2);
});
