import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { beforeEach, expect, test } from "vitest";
import { commandLine } from "./commandLine.ts";
import { specText, specTextOf } from "./localOrgs.ts";
import { filesMadeInSetup } from "./madeInSetup.ts";

let home: string;
let sf: ReturnType<typeof commandLine>["sf"];
let sfJson: ReturnType<typeof commandLine>["sfJson"];

beforeEach(() => {
  ({ home, sf, sfJson } = commandLine());
  write(
    "sfdx-project.json",
    '{"packageDirectories":[{"path":"force-app","default":true},{"path":"apps/auth"}]}',
  );
});

function write(file: string, text: string): string {
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), text);
  return file;
}

function project(): Record<string, string> {
  const entries = readdirSync(home, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && entry.name.includes("-meta.xml"))
    .map(({ parentPath, name }) => join(parentPath, name));
  return Object.fromEntries(
    files.map((file) => [file.slice(home.length + 1).replaceAll("\\", "/"), readFileSync(file, "utf8")]),
  );
}

/** The files of an app that Setup made, in the package directory that is not the default one. */
function retrieved(app: string): string[] {
  return Object.entries(filesMadeInSetup(app)).map(([path, text]) =>
    write(`apps/auth/main/default/${path}-meta.xml`, text),
  );
}

const spec = () => write("cloud.yaml", specTextOf("ExternalClientApp", "Cloud"));
const generate = (...more: string[]) => ["cpq", "connectedapp", "generate", "--spec", spec(), ...more];

test("files that the project has of an app are written over, whatever they are named and wherever they are", async () => {
  const files = retrieved("Cloud");
  const { status, stderr } = await sf(...generate());
  expect(status, stderr).toBe(0);
  expect(Object.keys(project()).sort()).toEqual(files.sort());
  const [policies = ""] = files.filter((file) => file.endsWith(".ecaOauthPlcy-meta.xml"));
  expect(project()[policies]).toContain("<commaSeparatedPermissionSet>CPQ Integration<");
  const again = await sfJson(...generate());
  const { apps } = again.json.result as { apps: { files: { changed: boolean }[]; notes: string[] }[] };
  expect(apps[0]?.files.map(({ changed }) => changed)).toEqual([false, false, false, false, false]);
  expect(apps[0]?.notes.join()).not.toContain("is new next to");
});

test("a part that the project does not have is added only if the spec speaks of it, and the user is told", async () => {
  const files = retrieved("Cloud");
  for (const file of files) if (/ecaGlblOauth|ecaPlcy/.test(file)) rmSync(join(home, file));
  const { status, stderr } = await sf(...generate());
  expect(status).toBe(0);
  const added = "force-app/main/default/extlClntAppGlobalOauthSets/Cloud_glbloauth.ecaGlblOauth-meta.xml";
  expect(Object.keys(project()).filter((file) => !files.includes(file))).toEqual([added]);
  expect(stderr.replaceAll("\\", "/").replace(/\s+/g, " ")).toContain(`${added} is new next to the files`);
  expect(Object.keys(project()).some((file) => file.includes("ecaPlcy"))).toBe(false);
});

test("of two files of one part, neither is written over", async () => {
  const [file = ""] = retrieved("Cloud").filter((path) => path.endsWith(".ecaOauth-meta.xml"));
  const second = write(file.replace("CloudOAuthSettings", "Other"), readFileSync(join(home, file), "utf8"));
  const before = project();
  const { status, json } = await sfJson(...generate());
  expect(status).toBe(1);
  expect(json).toMatchObject({ name: "SeveralFilesError" });
  expect(json.message?.replaceAll("\\", "/")).toMatch(new RegExp(`${file} and .*${second}`));
  expect(project()).toEqual(before);
});

test("a file of another app is left alone", async () => {
  const other = filesMadeInSetup("Other")["extlClntAppOauthSettings/OtherOAuthSettings.ecaOauth"] ?? "";
  write("force-app/main/default/extlClntAppOauthSettings/Cloud_oauth.ecaOauth-meta.xml", other);
  const before = project();
  const { status, json } = await sfJson(...generate());
  expect(status).toBe(1);
  expect(json).toMatchObject({ name: "FileOfOtherAppError", message: expect.stringContaining("app Other") });
  expect(project()).toEqual(before);
});

test("a connected app's file is written over where it is", async () => {
  const file = write("apps/auth/security/connectedApps/Conn.connectedApp-meta.xml", "<ConnectedApp/>");
  const conn = write("conn.yaml", specText("Conn"));
  expect((await sf("cpq", "connectedapp", "generate", "--spec", conn)).status).toBe(0);
  expect(Object.keys(project())).toEqual([file]);
  expect(project()[file]).toContain("<label>Conn</label>");
});

test("a permission set's label, which no org takes in a file, is told with its line in the spec", async () => {
  const { json } = await sfJson(...generate());
  const { apps } = json.result as { apps: { notes: string[] }[] };
  expect(apps[0]?.notes).toEqual([
    expect.stringMatching(/^cloud\.yaml:\d+:\d+ .*CPQ Integration is the label/),
  ]);
  write("named.yaml", specTextOf("ExternalClientApp", "Named", ["CPQ Integration", "CPQ_Integration"]));
  const named = await sfJson("cpq", "connectedapp", "generate", "--spec", "named.yaml");
  expect((named.json.result as { apps: { notes: string[] }[] }).apps[0]?.notes).toEqual([]);
});

test("what belongs to the app besides is told of, and left as it is", async () => {
  retrieved("Cloud");
  const file = write(
    "apps/auth/main/default/extlClntAppOauthSecuritySettings/Cloud_security.ecaOauthSecurity-meta.xml",
    "<ExtlClntAppOauthSecuritySettings><externalClientApplication>Cloud</externalClientApplication></ExtlClntAppOauthSecuritySettings>",
  );
  const before = project()[file];
  const { json } = await sfJson(...generate());
  const { apps } = json.result as { apps: { notes: string[] }[] };
  expect(apps[0]?.notes).toContainEqual(expect.stringMatching(/^Kept, not managed: .*Cloud_security/));
  expect(project()[file]).toBe(before);
});
