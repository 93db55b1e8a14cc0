import { execFileSync } from "node:child_process";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { readJsonFile, writeJsonFile } from "../../../src/files/jsonFile.ts";
import { changeLockedFile } from "../../../src/files/lockedFile.ts";
import { createWhole, isFileError, writeWhole } from "../../../src/files/wholeFile.ts";

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), "cpq-files-"));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

describe("a file that is written whole", () => {
  test("is new, with the folders above it, and leaves nothing beside it", () => {
    const file = join(folder(), "a", "b.txt");
    writeWhole(file, "text");
    expect(readFileSync(file, "utf8")).toBe("text");
    expect(readdirSync(join(file, ".."))).toEqual(["b.txt"]);
  });

  test("keeps the mode that it had", () => {
    const file = join(folder(), "script");
    writeFileSync(file, "old");
    chmodSync(file, 0o750);
    writeWhole(file, "new");
    expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual(["new", 0o750]);
  });

  test("has the mode that was asked for from its first byte", () => {
    const file = join(folder(), "secret");
    createWhole(file, "text", 0o600);
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  test("is the target of a symbolic link, which stays one", () => {
    const [target, link] = ["target", "link"].map((name) => join(folder(), name)) as [string, string];
    writeFileSync(target, "old");
    symlinkSync(target, link);
    writeWhole(link, "new");
    expect([readFileSync(target, "utf8"), readlinkSync(link)]).toEqual(["new", target]);
  });

  test("is as it was if it cannot be written", () => {
    const path = folder();
    mkdirSync(join(path, "taken"));
    expect(() => createWhole(join(path, "taken"), "text")).toThrow(/EEXIST/);
    expect(readdirSync(path)).toEqual(["taken"]);
  });

  test("takes nobody's place if it has to be new", () => {
    const file = join(folder(), "a.txt");
    createWhole(file, "first");
    const again = () => createWhole(file, "second");
    expect(again).toThrow();
    try {
      again();
    } catch (error) {
      expect(isFileError(error, "EEXIST")).toBe(true);
    }
    expect(readFileSync(file, "utf8")).toBe("first");
  });
});

test.skipIf(process.platform === "win32")(
  "a private file is on the disk before its name is, and its name before the write ends",
  () => {
    const cwd = folder();
    const module = pathToFileURL(join(import.meta.dirname, "../../../src/files/wholeFile.ts")).href;
    const script = `const { writePrivate } = await import(${JSON.stringify(module)}); writePrivate("secret", "text");`;
    const trace = ["--trace-event-categories", "node.fs.sync", "--input-type=module", "--eval", script];
    execFileSync(process.execPath, trace, { cwd });
    const { traceEvents } = JSON.parse(readFileSync(join(cwd, "node_trace.1.log"), "utf8"));
    const calls: string[] = traceEvents
      .filter(({ ph }: { ph: string }) => ph === "B")
      .map(({ name }: { name: string }) => name.replace("fs.sync.", ""));
    const last = calls.slice(calls.lastIndexOf("write")).filter((name) => /write|fsync|rename/.test(name));
    expect(last).toEqual(["write", "fsync", "rename", "fsync"]);
  },
);

describe("a JSON file", () => {
  const schema = z.object({ apps: z.array(z.object({ name: z.string() })) });

  test("comes back as it was written", () => {
    const file = join(folder(), "a.json");
    writeJsonFile(file, { apps: [{ name: "A" }] });
    expect(readJsonFile(file, schema)).toEqual({ apps: [{ name: "A" }] });
  });

  test.each([
    { what: "another form", text: '{"apps":[{"name":1}]}', reason: /^apps\.0\.name: / },
    { what: "half a file", text: '{"apps":[', reason: /JSON/ },
    { what: "nothing", text: "", reason: /empty/ },
  ])("is refused with the reason: $what", ({ text, reason }) => {
    const file = join(folder(), "a.json");
    writeFileSync(file, text);
    expect(() => readJsonFile(file, schema)).toThrow(reason);
  });
});

describe("a file that several change at once", () => {
  test("loses no change", async () => {
    const file = join(folder(), "list.txt");
    writeFileSync(file, "");
    const numbers = Array.from({ length: 12 }, (_, index) => String(index));
    await Promise.all(numbers.map((number) => changeLockedFile(file, (text) => `${text}${number}\n`)));
    expect(readFileSync(file, "utf8").trim().split("\n").sort()).toEqual(numbers.sort());
  });

  test("is as it was, and free for the next, if a change fails", async () => {
    const file = join(folder(), "a.txt");
    writeFileSync(file, "old");
    const failing = changeLockedFile(file, () => {
      throw new Error("not like this");
    });
    await expect(failing).rejects.toThrow("not like this");
    await changeLockedFile(file, (text) => `${text} and new`);
    expect(readFileSync(file, "utf8")).toBe("old and new");
  });
});
