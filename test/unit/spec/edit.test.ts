import { describe, expect, test } from "vitest";
import { editSpec } from "../../../src/spec/edit.ts";

const source = `# Top
apiVersion: cpq/v1
kind: ConnectedApp   # why
name: App
label: "App"


# About OAuth
oauth:
  callbackUrl: 'https://example.com'
  scopes: [ api, web ]   # both
  ipBinding: true # goes
policy:
  profiles:
  - One # first
  - Two
contactEmail: platform@example.com
`;

describe("a value that is there is replaced, and no other byte changes", () => {
  test.each<{ what: string; path: string[]; value: unknown; from: string; to: string }>([
    {
      what: "a plain text",
      path: ["kind"],
      value: "ExternalClientApp",
      from: "ConnectedApp",
      to: "ExternalClientApp",
    },
    { what: "a quoted text", path: ["label"], value: 'An "app"', from: '"App"', to: '"An \\"app\\""' },
    {
      what: "a text in single quotes",
      path: ["oauth", "callbackUrl"],
      value: "it's",
      from: "'https://example.com'",
      to: "'it''s'",
    },
    {
      what: "a text that needs quotes",
      path: ["name"],
      value: "true",
      from: "name: App",
      to: 'name: "true"',
    },
    {
      what: "a switch",
      path: ["oauth", "ipBinding"],
      value: false,
      from: "ipBinding: true",
      to: "ipBinding: false",
    },
    {
      what: "a list in brackets",
      path: ["oauth", "scopes"],
      value: ["api"],
      from: "[ api, web ]",
      to: "[api]",
    },
  ])("$what", ({ path, value, from, to }) => {
    expect(editSpec(source, { set: [[path, value]] })).toBe(source.replace(from, to));
  });

  test("with Windows line ends, a byte order mark and tabs before comments", () => {
    const windows = `\uFEFF${source.replaceAll("\n", "\r\n").replace("   # why", "\t# why")}`;
    const edited = editSpec(windows, { set: [[["kind"], "ExternalClientApp"]] });
    expect(edited).toBe(windows.replace("ConnectedApp", "ExternalClientApp"));
  });

  test("in the second of three documents", () => {
    const file = `${source}---\n# Second\n${source}---\n${source}`;
    const edited = editSpec(file, { set: [[["name"], "Other"]] }, 1);
    expect(edited).toBe(
      `${source}---\n# Second\n${source.replace("name: App", "name: Other")}---\n${source}`,
    );
  });
});

describe("where a key comes or goes, comments, order, indents and line ends stay", () => {
  const regular = source
    .replace("\n\n\n", "\n\n")
    .replace("[ api, web ]   #", "[ api, web ] #")
    .replace("   # why", " # why");

  test("a new key", () => {
    const edited = editSpec(regular, { set: [[["oauth", "deviceFlow"], false]] });
    expect(edited).toBe(regular.replace("# goes\n", "# goes\n  deviceFlow: false\n"));
  });

  test("a key in a map that was not there", () => {
    const edited = editSpec(regular, { set: [[["environments", "uat", "oauth", "scopes"], ["api"]]] });
    expect(edited.startsWith(regular)).toBe(true);
    expect(edited.slice(regular.length)).toBe(
      "environments:\n  uat:\n    oauth:\n      scopes:\n      - api\n",
    );
  });

  test("a key that goes, and a remark", () => {
    const edited = editSpec(regular, {
      remove: [
        ["oauth", "ipBinding"],
        ["not", "there"],
      ],
      remarks: ["Bye."],
    });
    expect(edited).toBe(`${regular.replace("  ipBinding: true # goes\n", "")}\n# Bye.\n`);
  });

  test("Windows line ends", () => {
    const windows = regular.replaceAll("\n", "\r\n");
    const edited = editSpec(windows, { remove: [["oauth", "ipBinding"]] });
    expect(edited).toBe(windows.replace("  ipBinding: true # goes\r\n", ""));
  });

  test("in the first of two documents, the second stays byte for byte", () => {
    const file = `${regular}---\n${source}`;
    const edited = editSpec(file, { remove: [["oauth", "ipBinding"]] }, 0);
    expect(edited).toBe(`${regular.replace("  ipBinding: true # goes\n", "")}---\n${source}`);
  });
});

test("an edit never goes through an alias: it would change what the anchor's other places say", () => {
  const aliased = "a: &a {x: 1}\nb: *a\n";
  expect(() => editSpec(aliased, { set: [[["b", "x"], 2]] })).toThrow("aliasInWay");
  expect(() => editSpec(aliased, { set: [[["b"], 2]] })).toThrow("aliasAt");
});
