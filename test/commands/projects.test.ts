import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { commandLine } from "./commandLine.ts";
import { specText } from "./localOrgs.ts";

/** A user whose home folder is a project with these files. */
function inProject(files: Readonly<Record<string, string>>) {
  const line = commandLine();
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(line.home, name)), { recursive: true });
    writeFileSync(join(line.home, name), text);
  }
  return line;
}

const spec = { "gen.yaml": specText("Gen") };
const generate = ["cpq", "connectedapp", "generate", "--spec", "gen.yaml"];
const written = "connectedApps/Gen.connectedApp-meta.xml";

describe("generate writes into the default package directory", () => {
  test.each([
    { what: "the only one", json: '{"packageDirectories":[{"path":"force-app"}]}', folder: "force-app" },
    {
      what: "one of several",
      json: '{"packageDirectories":[{"path":"libs","package":"L"},{"path":"apps/core","default":true}]}',
      folder: "apps/core",
    },
    {
      what: "with a space in its name",
      json: '{"packageDirectories":[{"path":"./my apps/","default":true},{"path":"x"}]}',
      folder: "my apps",
    },
    {
      what: "of a file with a byte order mark and Windows line ends",
      json: '\uFEFF{"packageDirectories":\r\n[{"path":"force-app"}]}\r\n',
      folder: "force-app",
    },
  ])("$what", async ({ json, folder }) => {
    const { home, sf } = inProject({ ...spec, "sfdx-project.json": json });
    expect((await sf(...generate)).status).toBe(0);
    expect(existsSync(join(home, folder, "main/default", written))).toBe(true);
  });
});

describe("generate writes nothing, and says why,", () => {
  test.each([
    {
      what: "if none of several package directories is the default",
      json: '{"packageDirectories":[{"path":"a"},{"path":"b"}]}',
      why: "lists 2 package directories, and 0 of them as the default",
    },
    {
      what: "if several are the default",
      json: '{"packageDirectories":[{"path":"a","default":true},{"path":"b","default":true}]}',
      why: "lists 2 package directories, and 2 of them as the default",
    },
    {
      what: "if there is none",
      json: '{"packageDirectories":[]}',
      why: "sfdx-project.json is not a valid Salesforce DX project file: packageDirectories",
    },
    {
      what: "if the project file is no JSON",
      json: '{"packageDirectories":[{"path":"a"},]}',
      why: "sfdx-project.json is not a valid Salesforce DX project file: Unexpected token",
    },
  ])("$what", async ({ json, why }) => {
    const { home, sf } = inProject({ ...spec, "sfdx-project.json": json });
    const { status, stderr } = await sf(...generate);
    expect(stderr).toContain(why);
    expect(status).toBe(1);
    expect(existsSync(join(home, "a"))).toBe(false);
  });

  test("if there is no project", async () => {
    const { status, stderr } = await inProject(spec).sf(...generate);
    expect(stderr).toContain("No sfdx-project.json was found in this folder or above it");
    expect(status).toBe(1);
  });
});

/** A connected app in source format. */
const metadata = (label: string) => `<?xml version="1.0" encoding="UTF-8"?>
<ConnectedApp xmlns="http://soap.sforce.com/2006/04/metadata">
    <contactEmail>a@example.com</contactEmail>
    <label>${label}</label>
</ConnectedApp>
`;
const twoDirectories = '{"packageDirectories":[{"path":"p1","default":true},{"path":"p2"}]}';
const importAll = ["cpq", "connectedapp", "import", "--source-dir", ".", "--output-dir", "specs"];

describe("import from a project's folder", () => {
  test("looks into the package directories, and nowhere else", async () => {
    const { sfJson } = inProject({
      "sfdx-project.json": twoDirectories,
      "p1/main/default/connectedApps/One.connectedApp-meta.xml": metadata("One"),
      "p2/deep/er/Two.connectedApp": metadata("Two"),
      "build/connectedApps/Copy.connectedApp-meta.xml": metadata("Copy"),
    });
    const { status, json } = await sfJson(...importAll);
    expect(status).toBe(0);
    expect(json.result).toMatchObject({ apps: [{ name: "One" }, { name: "Two" }] });
  });

  test("names both places of an app that two package directories have", async () => {
    const { sf } = inProject({
      "sfdx-project.json": twoDirectories,
      "p1/connectedApps/One.connectedApp-meta.xml": metadata("One of p1"),
      "p2/connectedApps/One.connectedApp-meta.xml": metadata("One of p2"),
    });
    const { status, stderr } = await sf(...importAll);
    expect(stderr).toContain(
      "p2/connectedApps/One.connectedApp-meta.xml:1:1  ConnectedApp One is also in p1/connectedApps/One.connectedApp-meta.xml",
    );
    expect(status).toBe(1);
  });

  test("that holds no app says where it looked", async () => {
    const { status, stderr } = await inProject({ "sfdx-project.json": twoDirectories }).sf(...importAll);
    expect(stderr).toContain("No app was found in p1, p2.");
    expect(status).toBe(1);
  });
});

describe("a file that .forceignore keeps from orgs", () => {
  const project = {
    ...spec,
    "sfdx-project.json": '{"packageDirectories":[{"path":"force-app"}]}',
    ".forceignore": "# not ours\n**/Gen.connectedApp-meta.xml\n",
  };

  test("is written by generate, which says so", async () => {
    const { sfJson } = inProject(project);
    const { status, json } = await sfJson(...generate);
    expect(status).toBe(0);
    const path = `force-app/main/default/${written}`;
    expect(json.result).toMatchObject({ apps: [{ files: [{ path, changed: true, ignored: true }] }] });
    expect(json.warnings).toContain(
      `${path} is excluded by .forceignore: the Salesforce CLI does not deploy it.`,
    );
  });

  test("is not imported, which is said", async () => {
    const { home, sf } = inProject({
      ...project,
      ".forceignore": "**/Old.*\n**/legacy/**\n!**/legacy/Kept.*\n",
      "force-app/connectedApps/Old.connectedApp-meta.xml": "not even XML",
      "force-app/legacy/Older.connectedApp-meta.xml": metadata("Older"),
      "force-app/connectedApps/New.connectedApp-meta.xml": metadata("New"),
    });
    const { status, stdout, stderr } = await sf(...importAll);
    expect(status).toBe(0);
    expect(stdout).toContain("Wrote specs/New.yaml");
    expect(stderr).toContain("force-app/connectedApps/Old.connectedApp-meta.xml is excluded by .forceignore");
    expect(stderr).toContain("force-app/legacy/Older.connectedApp-meta.xml is excluded by .forceignore");
    expect(existsSync(join(home, "specs", "Older.yaml"))).toBe(false);
  });

  test("is not imported when it is named itself or by its folder, either", async () => {
    const { sf } = inProject({
      ...project,
      ".forceignore": "connectedApps/\n",
      "a/connectedApps/Old.connectedApp": metadata("Old"),
    });
    for (const named of ["a/connectedApps", "a/connectedApps/Old.connectedApp"]) {
      const { stderr } = await sf("cpq", "connectedapp", "import", "--source-dir", named);
      expect(stderr).toContain(
        "a/connectedApps/Old.connectedApp is excluded by .forceignore, and not imported.",
      );
    }
  });
});
