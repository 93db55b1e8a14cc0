import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatXml, parseFragment, parseXml } from "../../../src/metadata/xmlText.ts";

const textOf = (inner: string) => parseXml(`<a><b>${inner}</b></a>`).children[0]?.text;

describe("reading XML", () => {
  test.each([
    { what: "entities once", inner: "&amp;lt;&lt;&quot;&apos;&gt;", expected: "&lt;<\"'>" },
    { what: "numeric references", inner: "&#233;&#x20AC;&#128512;", expected: "é€😀" },
    { what: "CDATA as it stands", inner: "<![CDATA[&amp;<x>]]>", expected: "&amp;<x>" },
    { what: "text around CDATA and comments", inner: "a<!-- no --><![CDATA[b]]>c", expected: "abc" },
    { what: "Windows line ends", inner: "a\r\nb", expected: "a\nb" },
    { what: "a carriage return that is meant", inner: "a&#13;b", expected: "a\rb" },
    { what: "white space in text", inner: "  a  b ", expected: "  a  b " },
  ])("decodes $what", ({ inner, expected }) => expect(textOf(inner)).toBe(expected));

  test.each([
    { what: "an empty file", source: "" },
    { what: "a file that is no XML", source: "label: x" },
    { what: "an element that is not closed", source: "<a><b></a>" },
    { what: "two elements at the top", source: "<a/><b/>" },
    { what: "an unknown entity", source: "<a>&bogus;</a>" },
    { what: "a reference to no character", source: "<a>&#0;</a>" },
    { what: "a document type declaration", source: '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>' },
    { what: "text after the last element", source: "<a/>text" },
    { what: "an ampersand alone", source: "<a>x & y</a>" },
    { what: "a character that XML does not allow", source: "<a>\u0001</a>" },
    { what: "a reference to such a character", source: "<a>&#1;</a>" },
    { what: "elements nested without end", source: "<a>".repeat(50_000) },
    { what: "a name that is dangerous in JavaScript", source: "<__proto__>x</__proto__>" },
  ])("refuses $what, with its place", ({ source }) => {
    expect(() => parseXml(source)).toThrow(
      expect.objectContaining({ line: expect.any(Number), column: expect.any(Number) }),
    );
  });

  test.each([
    { source: "<a>\n  <b>&bogus;</b>\n</a>", line: 2, column: 6 },
    { source: "<a>\n<!-- & -->&\n</a>", line: 2, column: 11 },
    { source: '<?xml version="1.0"?>\n<!DOCTYPE a>\n<a/>', line: 2, column: 1 },
  ])("says where $source is wrong", ({ source, line, column }) => {
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
  test("gives a whole file, as the org does", () =>
    expect(formatXml(parseXml("<a><b>1 &amp; 2</b><c/><d> <e/> </d></a>"))).toBe(
      `<?xml version="1.0" encoding="UTF-8"?>
<a xmlns="http://soap.sforce.com/2006/04/metadata">
    <b>1 &amp; 2</b>
    <c/>
    <d>
        <e/>
    </d>
</a>
`,
    ));

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
