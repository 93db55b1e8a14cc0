import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatXml, parseFragment, parseXml } from "../../../src/metadata/xmlText.ts";

const textOf = (inner: string) => parseXml(`<a><b>${inner}</b></a>`).children[0]?.text;

describe("reading XML", () => {
  test.each([
    ["entities once", "&amp;lt;&lt;&quot;&apos;&gt;", "&lt;<\"'>"],
    ["numeric references", "&#233;&#x20AC;&#128512;", "é€😀"],
    ["CDATA as it stands", "<![CDATA[&amp;<x>]]>", "&amp;<x>"],
    ["text around CDATA and comments", "a<!-- no --><![CDATA[b]]>c", "abc"],
    ["Windows line ends", "a\r\nb", "a\nb"],
    ["a carriage return that is meant", "a&#13;b", "a\rb"],
    ["white space in text", "  a  b ", "  a  b "],
  ])("decodes %s", (_what, inner, expected) => expect(textOf(inner)).toBe(expected));

  test.each([
    ["an empty file", ""],
    ["a file that is no XML", "label: x"],
    ["an element that is not closed", "<a><b></a>"],
    ["two elements at the top", "<a/><b/>"],
    ["an unknown entity", "<a>&bogus;</a>"],
    ["a reference to no character", "<a>&#0;</a>"],
    ["a document type declaration", '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'],
    ["text after the last element", "<a/>text"],
    ["an ampersand alone", "<a>x & y</a>"],
    ["a character that XML does not allow", "<a>\u0001</a>"],
    ["a reference to such a character", "<a>&#1;</a>"],
    ["elements nested without end", "<a>".repeat(50_000)],
    ["a name that is dangerous in JavaScript", "<__proto__>x</__proto__>"],
  ])("refuses %s, with its place", (_what, source) => {
    expect(() => parseXml(source)).toThrow(
      expect.objectContaining({ line: expect.any(Number), column: expect.any(Number) }),
    );
  });

  test.each([
    ["<a>\n  <b>&bogus;</b>\n</a>", 2, 6],
    ["<a>\n<!-- & -->&\n</a>", 2, 11],
    ['<?xml version="1.0"?>\n<!DOCTYPE a>\n<a/>', 2, 1],
  ])("says where %j is wrong", (source, line, column) => {
    expect(() => parseXml(source)).toThrow(expect.objectContaining({ line, column }));
  });

  test("takes what stands in a comment or in CDATA as it is", () => {
    expect(
      parseXml("<a><!-- <!DOCTYPE & --><b><![CDATA[<!DOCTYPE &bogus;]]></b></a>").children[0]?.text,
    ).toBe("<!DOCTYPE &bogus;");
  });

  test("counts the place in a fragment from its beginning", () => {
    expect(() => parseFragment("<a/>&")).toThrow(expect.objectContaining({ line: 1, column: 5 }));
    expect(() => parseFragment("<a>\n<b></a>")).toThrow(expect.objectContaining({ line: 2 }));
  });

  test("reads prefixed names without their prefix", () => {
    expect(parseXml('<m:a xmlns:m="urn:x"><m:b>1</m:b></m:a>')).toMatchObject({
      name: "a",
      children: [{ name: "b" }],
    });
  });
});

describe("writing XML", () => {
  test("sorts elements by name and keeps the order of repeated ones", () => {
    const written = formatXml(parseXml("<a><c>2</c><b/><c>1</c></a>"));
    expect(written.split("\n").slice(2, 5)).toEqual(["    <b/>", "    <c>2</c>", "    <c>1</c>"]);
  });

  test("gives back any text that XML can hold", () => {
    const printable = fc
      .string({ unit: "grapheme" })
      .map((text) => `${text}\r\n\t`)
      .filter((text) => !/(?![\r\n\t])[\p{Cc}\p{Cs}\uFFFE\uFFFF]/u.test(text));
    fc.assert(
      fc.property(printable, (text) => {
        const element = { name: "a", text: "", children: [{ name: "b", text, children: [] }] };
        expect(parseXml(formatXml(element))).toEqual(element);
      }),
      { seed: 20_260_101, numRuns: 500 },
    );
  });
});
