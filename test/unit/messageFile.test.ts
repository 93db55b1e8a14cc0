import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { Messages } from "@salesforce/core/messages";
import { expect, test } from "vitest";
import { fillText, readMessageFile } from "../../src/messageFile.ts";

const folder = join(import.meta.dirname, "..", "..", "messages");

test.each(readdirSync(folder))("%s is read as the Salesforce CLI's library reads it", (file) => {
  const path = join(folder, file);
  const { messages } = Messages.generateFileLoaderFunction(
    basename(file, ".md"),
    path,
  )("en_US") as unknown as {
    messages: Map<string, string | string[]>;
  };
  expect(readMessageFile(readFileSync(path, "utf8"), path)).toEqual(messages);
});

test.each([
  { title: "a key without a text", content: "# one\n\n# two\n\ntext\n", problem: /"one" has no text/ },
  { title: "a key twice", content: "# one\n\na\n\n# one\n\nb\n", problem: /"one" is there twice/ },
])("$title is an error", ({ content, problem }) => {
  expect(() => readMessageFile(content, "some.md")).toThrow(problem);
});

test("the items of a list share one row of values", () => {
  expect(fillText(["%s and %s", "none", "%s"], [1, "two", true])).toEqual(["1 and two", "none", "true"]);
});
