import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, onTestFinished } from "vitest";

/** A folder with such files, by their names; it is removed when the test ends. */
export function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = newFolder();
  onTestFinished(() => remove(folder));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
  return folder;
}

/** An empty home folder, which is that of this process until the tests of the file have ended. */
export function temporaryHome(): string {
  const home = newFolder();
  afterAll(() => remove(home));
  setEnvironment({ HOME: home, USERPROFILE: home, SF_USE_GENERIC_UNIX_KEYCHAIN: "true" });
  return home;
}

/** Sets variables of this process until the tests of the file have ended. */
export function setEnvironment(variables: Readonly<Record<string, string>>): void {
  const former = Object.keys(variables).map((name) => ({ name, value: process.env[name] }));
  Object.assign(process.env, variables);
  afterAll(() => {
    for (const { name, value } of former) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
}

function newFolder(): string {
  return mkdtempSync(join(tmpdir(), "cpq-test-"));
}

function remove(folder: string): void {
  rmSync(folder, { recursive: true, force: true, maxRetries: 10 });
}
