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
      why: "names 2 package directories, and 0 of them as the default",
    },
    {
      what: "if several are the default",
      json: '{"packageDirectories":[{"path":"a","default":true},{"path":"b","default":true}]}',
      why: "names 2 package directories, and 2 of them as the default",
    },
    {
      what: "if there is none",
      json: '{"packageDirectories":[]}',
      why: "sfdx-project.json is not as Salesforce DX wants it: packageDirectories",
    },
    {
      what: "if the project file is no JSON",
      json: '{"packageDirectories":[{"path":"a"},]}',
      why: "sfdx-project.json is not as Salesforce DX wants it: Unexpected token",
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
      `${path} is left out by .forceignore: the Salesforce CLI does not deploy it.`,
    );
  });
});
