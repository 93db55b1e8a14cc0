import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { editSpec } from "../../src/spec/edit.ts";
import { resolve } from "../../src/spec/resolve.ts";
import { loadText } from "../unit/spec/loadText.ts";
import { specText, startTestOrgs } from "./localOrgs.ts";

const { sf, write, sandbox, production } = await startTestOrgs();
const root = join(import.meta.dirname, "..", "..");
const readme = readFileSync(join(root, "README.md"), "utf8");
const [tasks = ""] = readme.split("<!-- commands -->");

function blocks(language: string): string[] {
  return [...tasks.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\``, "gm"))].map(
    ([, text = ""]) => text,
  );
}

const commands = blocks("sh")
  .flatMap((block) => block.trim().split("\n"))
  .filter((line) => line.startsWith("sf cpq"));

/** The words of a command as a shell understands them. */
function shellWords(command: string): string[] {
  const script = `printf '%s\\0' ${command}`;
  return execFileSync("/bin/sh", ["-c", script], { encoding: "utf8" }).split("\0").slice(0, -1);
}

/** The README's orgs are known by other aliases here, and the sandbox has the user whom its suffix makes. */
beforeAll(async () => {
  const { StateAggregator } = await import("@salesforce/core");
  const { aliases } = await StateAggregator.getInstance();
  await aliases.setAndSave("uat", sandbox.adminUsername);
  await aliases.setAndSave("production", production.adminUsername);
  const user = sandbox.org.users.find(({ username }) => username === "cpq.integration@example.com");
  if (user === undefined) throw new Error("The user is not there.");
  sandbox.org.users.push({ ...user, id: "005000000000abcAAA", username: `${user.username}.uat` });
});

const environments = blocks("yaml").find((text) => text.startsWith("environments:")) ?? "";

test("every command of the README works as it stands there", async () => {
  write("cpq-admin-api.yaml", specText("CPQ_Admin_API", ["label: CPQ_Admin_API", "label: CPQ Admin API"]));
  write("cpq.yaml", specText("CPQ_Environments") + environments);
  write("sfdx-project.json", '{"packageDirectories":[{"path":"force-app","default":true}]}');
  expect(commands.length).toBeGreaterThan(8);
  for (const command of commands) {
    // The orgs of this test run already; `start` and `stop` have tests of their own.
    if (command.includes("localorg")) continue;
    // Without a terminal, the short form has nobody to ask.
    if (command === "sf cpq connectedapp init") continue;
    const { status, stderr } = await sf(...shellWords(command).slice(1));
    expect(status, `${command}\n${stderr}`).toBe(0);
  }
});

test("the spec of the README is the one that the demo makes from the template", () => {
  const appOf = (source: string) => {
    const result = loadText(source, "spec.yaml", {});
    if (!("loaded" in result)) throw new Error(JSON.stringify(result.problems));
    return resolve(result.loaded.app);
  };
  const template = readFileSync(join(root, "templates", "minimal.yaml"), "utf8");
  const ofConnectedApp = editSpec(template, { set: [[["kind"], "ConnectedApp"]] });
  expect(appOf(blocks("yaml")[0] ?? "")).toEqual(appOf(ofConnectedApp));
});
