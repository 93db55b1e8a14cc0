import { execFileSync, spawn, spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { beforeAll, describe, expect, test, vi } from "vitest";
import { environmentOf } from "../commands/commandLine.ts";
import { temporaryHome } from "../temporaryFolders.ts";
import { installSalesforceCli } from "./installation.ts";
import { salesforceCli } from "./salesforceCli.ts";

// What the shells complete after `sf autocomplete`, in real shells. The scripts are the CLI's own: they know commands, flags and
// fixed values, and nothing that would have to be looked up. Here `sf` itself is a function that says what it was given.

const root = join(import.meta.dirname, "..", "..");
const home = temporaryHome();
for (const name of ["cpq-admin-api.yaml", "notes.txt"]) writeFileSync(join(home, name), "");
const functions = join(home, ".cache", "sf", "autocomplete", "functions");
const bash = `source ${join(functions, "bash", "sf.bash")}`;
const zsh = `fpath=(${join(functions, "zsh")} $fpath); autoload -Uz compinit; compinit -u -d ${join(home, "dump")}`;
const has = (shell: string) => spawnSync(shell, ["--version"]).status === 0;
const canType = process.platform === "linux";

describe.skipIf(process.platform === "win32")("after sf autocomplete", () => {
  beforeAll(async () => {
    installSalesforceCli();
    const cli = salesforceCli(home);
    for (const args of [
      ["plugins", "link", root, "--no-install"],
      ["autocomplete", "bash", "--refresh-cache"],
    ]) {
      const { status, stderr } = await cli.sf(...args);
      expect(status, stderr).toBe(0);
    }
  });

  const offered: { typed: string[]; offers: string[] }[] = [
    { typed: ["cpq", ""], offers: ["connectedapp", "localorg"] },
    { typed: ["cpq", "connectedapp", "va"], offers: ["validate"] },
    { typed: ["cpq", "connectedapp", "credentials", "f"], offers: ["forget"] },
    { typed: ["cpq", "connectedapp", "deploy", "--sp"], offers: ["--spec"] },
    { typed: ["cpq", "connectedapp", "drift", "--env"], offers: ["--environment"] },
  ];
  test.skipIf(!has("bash")).each(offered)(
    "bash offers commands and flags for $typed",
    ({ typed, offers }) => {
      const words = ["sf", ...typed].map((word) => `'${word}'`).join(" ");
      const script = `${bash}; COMP_WORDS=(${words}); COMP_CWORD=${typed.length}; _sf_autocomplete; printf '%s\\n' "\${COMPREPLY[@]}"`;
      const text = execFileSync("bash", ["--norc", "-c", script], { cwd: home, encoding: "utf8" });
      expect([...new Set(text.trim().split("\n"))]).toEqual(offers);
    },
  );

  const validate = "cpq connectedapp validate --spec";
  test.skipIf(!canType || !has("bash"))(
    "bash completes a spec's file with the line of the guide alone",
    async () => {
      const byGuide = "complete -o default -F _sf_autocomplete sf";
      const given = await typedInto(["bash", "--norc", "--noprofile", "-i"], bash, [
        `sf ${validate} cpq\t`,
        `${byGuide}; sf first`,
        `sf ${validate} cpq\t`,
      ]);
      expect(given).toEqual([`${validate} cpq`, "first", `${validate} cpq-admin-api.yaml`]);
    },
  );

  test.skipIf(!canType || !has("zsh"))(
    "zsh completes a spec's file, fixed values, and flags after others",
    async () => {
      const given = await typedInto(["zsh", "-f", "-i"], zsh, [
        `sf ${validate} cpq\t`,
        "sf cpq connectedapp drift --format sar\t",
        "sf cpq connectedapp init --ci gitl\t",
        "sf cpq connectedapp deploy --spec cpq-admin-api.yaml --enab\t",
      ]);
      expect(given).toEqual([
        `${validate} cpq-admin-api.yaml`,
        "cpq connectedapp drift --format sarif",
        "cpq connectedapp init --ci gitlab",
        "cpq connectedapp deploy --spec cpq-admin-api.yaml --enable-credential-access",
      ]);
    },
  );
});

/** Types lines into an interactive shell, each after the one before it has run. @returns what `sf` was given each time */
async function typedInto(shell: string[], setup: string, lines: readonly string[]): Promise<string[]> {
  const child = spawn("script", ["--quiet", "--return", "--command", shell.join(" "), "/dev/null"], {
    cwd: home,
    env: { ...environmentOf(home), TERM: "xterm", INPUTRC: "/dev/null" },
  });
  let text = "";
  child.stdout.on("data", (chunk) => (text += chunk));
  const given = () =>
    [...stripVTControlCharacters(text).matchAll(/^\r*GIVEN<(.*?)>\r*$/gm)].map(([, words = ""]) =>
      words.trim(),
    );
  const ended = new Promise((resolve) => child.once("close", resolve));
  child.stdin.write(`${setup}; sf() { echo "GIVEN<$*>"; }; sf ready\n`);
  for (const [index, line] of lines.entries()) {
    await vi.waitUntil(() => given().length > index, { timeout: 120_000 });
    child.stdin.write(`${line}\n`);
  }
  await vi.waitUntil(() => given().length > lines.length, { timeout: 120_000 });
  child.stdin.write("exit\n");
  await ended;
  return given().slice(1);
}
