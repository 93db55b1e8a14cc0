import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { folderWith } from "../temporaryFolders.ts";
import { commandLine } from "./commandLine.ts";
import { specText } from "./localOrgs.ts";

interface Hook {
  id: string;
  entry: string;
  args: string[];
  files: string;
  pass_filenames: boolean;
}

const root = join(import.meta.dirname, "..", "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const hooks: Hook[] = parse(read(".pre-commit-hooks.yaml"));
const { bin }: { bin: Record<string, string> } = JSON.parse(read("package.json"));

test.each([
  { title: "lets a right spec be committed", spec: specText("CPQ_Admin_API"), status: 0 },
  {
    title: "stops a spec with a slip",
    spec: specText("CPQ_Admin_API", ["scopes: [api]", "scope: [api]"]),
    status: 1,
  },
])("the hook $title", async ({ spec, status }) => {
  const [hook] = hooks;
  const [program = "", ...words] = hook?.entry.split(" ") ?? [];
  expect(Object.keys(bin)).toContain(program);
  expect(hook?.pass_filenames).toBe(false);
  expect("specs/cpq-admin-api.yaml").toMatch(new RegExp(hook?.files ?? ""));
  const { sf } = commandLine(folderWith({ "specs/cpq-admin-api.yaml": spec }));
  expect((await sf(...words, ...(hook?.args ?? []))).status).toBe(status);
});
