import { homedir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { createWhole, writeWhole } from "../../../src/files/wholeFile.ts";
import { fileFailure, notWritable } from "../../../src/project/fileFailure.ts";
import { folderWith } from "../../temporaryFolders.ts";

const failed = (code: string, words: string, path?: string) =>
  Object.assign(new Error(`${code}: ${words}, open '${path}'`), { code, syscall: "open", path });

const cases = [
  { code: "ENOSPC", words: "no space left on device", next: /^Make room on the disk of plans\/a\.json/ },
  { code: "EDQUOT", words: "disk quota exceeded", next: /^Make room/ },
  { code: "EROFS", words: "read-only file system", next: /^The disk of plans\/a\.json is read-only: name/ },
  { code: "EACCES", words: "permission denied", next: /^See that you may write to plans\/a\.json/ },
  { code: "EPERM", words: "operation not permitted", next: /^See that you may write/ },
  { code: "ENOTDIR", words: "not a directory", next: /^In the path plans\/a\.json, a file stands/ },
  { code: "EISDIR", words: "illegal operation on a directory", next: /^plans\/a\.json is a folder/ },
  { code: "ENAMETOOLONG", words: "name too long", next: /^See that plans\/a\.json is what it should be/ },
];

test.each(cases)("$code: a file that cannot be written is named, with the reason and a way out", (one) => {
  const { code, words, next } = one;
  expect(notWritable("plans/a.json", failed(code, words))).toMatchObject({
    message: `plans/a.json cannot be written: ${words}`,
    actions: [expect.stringMatching(next)],
  });
  expect(fileFailure(failed(code, words, "plans/a.json"))).toMatchObject({
    message: `plans/a.json cannot be read or written: ${words}`,
    actions: [expect.stringMatching(next)],
  });
});

test("of a receipt, it is said what was done all the same, and how to get one", () => {
  expect(notWritable("a.json", failed("EROFS", "read-only file system"), { isDone: true })).toMatchObject({
    message:
      "The app is deployed and verified, but its receipt a.json cannot be written: read-only file system",
    actions: [expect.stringContaining("read-only"), expect.stringContaining("run the same command again")],
  });
});

test("in the home folder, it is said what is kept there, unless the disk is full", () => {
  const path = join(homedir(), ".sf", "a");
  const wayOut = (code: string) => (fileFailure(failed(code, "why", path)) as { actions?: string[] }).actions;
  expect(wayOut("EACCES")).toEqual([expect.stringContaining("kept in the home folder")]);
  expect(wayOut("ENOSPC")).toEqual([expect.stringContaining("Make room")]);
});

test("what is no failure of a file stays as it is", () => {
  const error = new Error("Something else");
  expect(fileFailure(error)).toBe(error);
  expect(fileFailure(undefined)).toBeUndefined();
});

describe("a file where a folder should be", () => {
  test.each([
    { how: "written", write: (file: string) => writeWhole(file, "") },
    { how: "made", write: (file: string) => createWhole(file, "") },
  ])("is not taken for the file that is to be $how", ({ write }) => {
    const folder = folderWith({ taken: "" });
    for (const path of [
      ["taken", "a"],
      ["taken", "deep", "a"],
    ])
      expect(() => write(join(folder, ...path))).toThrow(expect.objectContaining({ code: "ENOTDIR" }));
  });
});
