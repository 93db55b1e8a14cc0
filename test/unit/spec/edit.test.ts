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

describe("a value of another form", () => {
  test.each<{ what: string; from: string; path: string[]; value: unknown; to: string }>([
    {
      what: "a list in lines for one in brackets",
      from: "a:\n  - x\n  - y\nb: 1\n",
      path: ["a"],
      value: ["z"],
      to: "a:\n  - z\nb: 1\n",
    },
    {
      what: "a list for a text",
      from: "a: x # why\nb: 1\n",
      path: ["a"],
      value: ["z"],
      to: "a:\n  - z\nb: 1\n",
    },
    {
      what: "a map for a text",
      from: "a: x\nb: 1\n",
      path: ["a"],
      value: { c: 2 },
      to: "a:\n  c: 2\nb: 1\n",
    },
    {
      what: "a text for a map in braces",
      from: "a: {b: 1}\nc: 2\n",
      path: ["a"],
      value: "x",
      to: "a: x\nc: 2\n",
    },
    {
      what: "a text for a list in brackets",
      from: "a: [b]\nc: 2\n",
      path: ["a"],
      value: "x",
      to: "a: x\nc: 2\n",
    },
    {
      what: "a text for a block",
      from: "a: |\n  one\n  two\nb: 1\n",
      path: ["a"],
      value: "x",
      to: "a: x\nb: 1\n",
    },
    {
      what: "a text for one of several lines",
      from: "a: one\n  two\nb: 1\n",
      path: ["a"],
      value: "x",
      to: "a: x\nb: 1\n",
    },
    {
      what: "a text for one of several lines in quotes",
      from: 'a: "one\n  two"\nb: 1\n',
      path: ["a"],
      value: "x",
      to: "a: x\nb: 1\n",
    },
    {
      what: "several lines for a text",
      from: "a: x\nb: 1\n",
      path: ["a"],
      value: "one\ntwo\n",
      to: "a: |\n  one\n  two\nb: 1\n",
    },
    {
      what: "a number for a text in quotes",
      from: 'a: "x"   # why\nb: 1\n',
      path: ["a"],
      value: 3,
      to: "a: 3   # why\nb: 1\n",
    },
    { what: "a text for a number", from: "a: 3 # why\n", path: ["a"], value: "4", to: 'a: "4" # why\n' },
  ])("$what", ({ from, path, value, to }) => {
    expect(editSpec(from, { set: [[path, value]] })).toBe(to);
  });

  test("a long text stays in one line", () => {
    const long = "word ".repeat(40).trim();
    expect(editSpec('a: "x"\nb: 1\n', { set: [[["a"], long]] })).toBe(`a: "${long}"\nb: 1\n`);
    expect(editSpec("b: 1\n", { set: [[["a"], long]] })).toBe(`b: 1\na: ${long}\n`);
    expect(editSpec("a: [x]\n", { set: [[["a"], [long, "y"]]] })).toBe(`a: [${long}, y]\n`);
  });
});

describe("the style of a file", () => {
  test.each<{ what: string; from: string; to: string }>([
    { what: "an indent of four", from: "a:\n    b: 1\n", to: "a:\n    b: 1\nn:\n    m:\n        - x\n" },
    { what: "an indent of two without one", from: "a: 1\n", to: "a: 1\nn:\n  m:\n    - x\n" },
    {
      what: "an indent by a comment does not count",
      from: "    # x\na: 1\n",
      to: "    # x\na: 1\nn:\n  m:\n    - x\n",
    },
    { what: "dashes below their key", from: "a:\n- b\n", to: "a:\n- b\nn:\n  m:\n  - x\n" },
    { what: "dashes with an indent", from: "a:\n  - b\n", to: "a:\n  - b\nn:\n  m:\n    - x\n" },
    { what: "braces with spaces", from: "a: { b: 1 }\n", to: "a: { b: 1 }\nn:\n  m:\n    - x\n" },
    { what: "braces without spaces", from: "a: {b: 1}\n", to: "a: {b: 1}\nn:\n  m:\n    - x\n" },
  ])("stays: $what", ({ from, to }) => {
    const edited = editSpec(from, { set: [[["n", "m"], ["x"]]] });
    expect(edited.replace(/^ +# x/, "    # x").replace(/^# x/, "    # x")).toBe(to);
  });

  test("remarks follow the comment that is there, a line each, and without one nothing is added", () => {
    expect(editSpec("a: 1\n\n# End\n", { remarks: ["One.", "Two."] })).toBe(
      "a: 1\n\n# End\n# One.\n# Two.\n",
    );
    expect(editSpec("a: 1\n\n# End\n", { remove: [["b"]] })).toBe("a: 1\n\n# End\n");
    expect(editSpec("a: 1\nb: 2\n", { remove: [["b"]], remarks: [] })).toBe("a: 1\n");
    expect(editSpec("a: 1\n", {})).toBe("a: 1\n");
  });
});

test.each([
  { set: ["b", "x"], text: { id: "aliasInWay", values: ["a", "b.x"] } },
  { set: ["b"], text: { id: "aliasAt", values: ["a", "b"] } },
  { set: ["c", "d"], text: { id: "aliasAt", values: ["a", "c.d"] } },
  { set: ["b", "y", "z"], text: { id: "aliasInWay", values: ["a", "b.y.z"] } },
])("an alias at $set is named, with the path that led to it", ({ set, text }) =>
  expect(() => editSpec("a: &a {x: 1}\nb: *a\nc: {d: *a}\n", { set: [[set, 2]] })).toThrow(
    expect.objectContaining({ name: "SpecNotEditable", text }),
  ),
);

describe("a value that other places take by an alias", () => {
  const source = "environments:\n  uat: &shared {label: A}\n  production: *shared\n";
  test.each([
    { edit: { set: [[["environments", "uat", "label"], "B"]] as const }, path: "environments.uat.label" },
    {
      edit: { set: [[["environments", "uat", "startUrl"], "/x"]] as const },
      path: "environments.uat.startUrl",
    },
    { edit: { set: [[["environments", "uat"], {}]] as const }, path: "environments.uat" },
    { edit: { remove: [["environments", "uat"]] }, path: "environments.uat" },
  ])("is not changed for all of them: $path", ({ edit, path }) =>
    expect(() => editSpec(source, edit)).toThrow(
      expect.objectContaining({ text: { id: "anchorInWay", values: ["shared", path] } }),
    ),
  );

  test("is changed if the anchor has no alias", () => {
    const alone = source.replace("*shared", "{label: C}");
    expect(editSpec(alone, { set: [[["environments", "uat", "label"], "B"]] })).toBe(
      alone.replace("A}", "B}"),
    );
    expect(editSpec("a: &x 1\nb: &y 2\nc: *y\n", { set: [[["a"], 3]] })).toBe("a: &x 3\nb: &y 2\nc: *y\n");
  });
});
