import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith } from "../temporaryFolders.ts";

/**
 * What the programs of secret managers do with these arguments, and only with them: the variable that they log in with,
 * and where a value is kept.
 */
const programs = `
const words = [basename(process.argv[1]), ...process.argv.slice(2)].join(" ");
const named = (pattern) => pattern.exec(words)?.[1];
const forms = [
  { name: named(/^gh secret set (\\w+) --env cpq-apps$/), login: "GH_TOKEN", do: put },
  { name: named(/^glab variable update (\\w+) --protected( --masked)?$/), login: "GITLAB_TOKEN", do: change },
  { name: named(/^glab variable set (\\w+) --protected( --masked)?$/), login: "GITLAB_TOKEN", do: add },
  { name: named(/^az keyvault secret set --vault-name cpq-apps --name ([\\w-]+) --file \\/dev\\/stdin --encoding utf-8 --output none$/), do: put },
  { name: named(/^az keyvault secret show --vault-name cpq-apps --name ([\\w-]+) --query value --output tsv$/), do: get },
  { name: named(/^vault kv put -mount=secret cpq\\/([\\w/]+) -$/), login: "VAULT_TOKEN", do: put },
  { name: named(/^vault kv get -mount=secret -field=key cpq\\/([\\w/]+)$/), login: "VAULT_TOKEN", do: part("key") },
  { name: named(/^vault kv get -mount=secret -field=secret cpq\\/([\\w/]+)$/), login: "VAULT_TOKEN", do: part("secret") },
  { name: named(/^gh pr comment "?(7)"? --body-file plan.md --edit-last --create-if-none$/), do: () => {} },
];`;

const script = (folder: string) => `#!${process.execPath}
const { existsSync, readFileSync, writeFileSync } = require("node:fs");
const { basename, join } = require("node:path");
const fileOf = (name) => join(${JSON.stringify(folder)}, name.replaceAll("/", "."));
const put = (name) => writeFileSync(fileOf(name), readFileSync(0));
const fail = (text) => { console.error(text); process.exitCode = 1; };
const change = (name) => (existsSync(fileOf(name)) ? put(name) : fail("404 Variable Not Found"));
const add = (name) => (existsSync(fileOf(name)) ? fail("has already been taken") : put(name));
const get = (name) => (existsSync(fileOf(name)) ? process.stdout.write(readFileSync(fileOf(name))) : fail("not found"));
const part = (which) => (name) =>
  existsSync(fileOf(name)) ? process.stdout.write(JSON.parse(readFileSync(fileOf(name)))[which]) : fail("not found");
${programs}
const form = forms.find(({ name }) => name !== undefined);
if (form === undefined) fail("Unexpected: " + words);
else if (form.login && !process.env[form.login]?.startsWith("Token")) fail("Not logged in: " + form.login);
else form.do(form.name);
`;

/** Where a system or a secret manager keeps what the programs put there. It outlives every job. */
export interface Keeper {
  /** The folder of the programs. */
  bin: string;
  kept(): Record<string, string>;
}

/** Programs of secret managers, and `npm` and `apt-get`, which install nothing. */
export function keeper(): Keeper {
  const folder = folderWith({});
  const [bin, held] = [join(folder, "bin"), join(folder, "held")];
  for (const one of [bin, held]) mkdirSync(one);
  const write = (name: string, text: string) => {
    writeFileSync(join(bin, name), text);
    chmodSync(join(bin, name), 0o755);
  };
  for (const name of ["gh", "glab", "az", "vault"]) write(name, script(held));
  for (const name of ["npm", "apt-get"]) write(name, "#!/bin/sh\nexit 0\n");
  return {
    bin,
    kept: () =>
      Object.fromEntries(readdirSync(held).map((name) => [name, readFileSync(join(held, name), "utf8")])),
  };
}
