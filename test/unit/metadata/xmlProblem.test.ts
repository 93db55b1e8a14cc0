import { describe, expect, test } from "vitest";
import {
  placeOfElement,
  problemAt,
  requireNoAttributes,
  requireReadable,
  XmlProblem,
} from "../../../src/metadata/xmlProblem.ts";

/** What is refused, in the form `id values line:column`; undefined if nothing is. */
function refused(check: (source: string) => void, source: string): string | undefined {
  try {
    check(source);
    return undefined;
  } catch (error) {
    if (!(error instanceof XmlProblem)) throw error;
    const { text, line, column } = error;
    return [text.id, ...text.values, `${line}:${column}`].join(" ");
  }
}

describe("unreadable is", () => {
  test.each([
    { source: "<a>\n\u0007</a>", problem: "xml.character 2:1" },
    { source: "<a>\uFFFE</a>", problem: "xml.character 1:4" },
    { source: "<!-- <!DOCTYPE a> -->\n <!doctype b>", problem: "xml.doctype 2:2" },
    { source: "<a>&nbsp;</a>", problem: "xml.entity &nbsp; 1:4" },
    { source: "<a>&xamp;</a>", problem: "xml.entity &xamp; 1:4" },
    { source: "<a>&ampx;</a>", problem: "xml.entity &ampx; 1:4" },
    { source: "<a>&amp</a>", problem: "xml.entity &amp 1:4" },
    { source: "<a>R&D;&amp;</a>", problem: "xml.entity &D; 1:5" },
    { source: "<a>& b;</a>", problem: "xml.entity & 1:4" },
    { source: "<a>&#x110000;</a>", problem: "xml.entity &#x110000; 1:4" },
    { source: "<a>&#xD800;</a>", problem: "xml.entity &#xD800; 1:4" },
    { source: "<a>&#11;</a>", problem: "xml.entity &#11; 1:4" },
    { source: "<a>&#x;</a>", problem: "xml.entity &#x; 1:4" },
    { source: "<a>&#1F600;</a>", problem: "xml.entity &#1F600; 1:4" },
    { source: "<a>&#00000065;</a>", problem: "xml.entity &#00000065; 1:4" },
  ])("$source: $problem", ({ source, problem }) => expect(refused(requireReadable, source)).toBe(problem));

  test.each([
    "<a>\t\r\n&amp;&lt;&gt;&quot;&apos;</a>",
    "<a>&#65;&#x41;&#X1f600;&#x10FFFF;&#9;</a>",
    "<a><![CDATA[&x; <!DOCTYPE]]><!-- & --></a>",
    "<a>🙂\uE000\uFFFD</a>",
  ])("not %j", (source) => expect(refused(requireReadable, source)).toBeUndefined());
});

describe("attributes that would be lost are", () => {
  test.each([
    { source: '<a>\n  <b  id="1"/></a>', problem: "xml.attribute id 2:7" },
    { source: "<a b = '1'/>", problem: "xml.attribute b 1:4" },
    { source: '<a xsi:type="b"/>', problem: "xml.attribute xsi:type 1:4" },
    { source: '<a xmlns="urn:x" xmlnsy="1"/>', problem: "xml.attribute xmlnsy 1:18" },
    { source: '<a myxmlns="1"/>', problem: "xml.attribute myxmlns 1:4" },
  ])("$source: $problem", ({ source, problem }) =>
    expect(refused(requireNoAttributes, source)).toBe(problem),
  );

  test.each([
    '<?xml version="1.0"?><a xmlns="urn:x" xmlns:xsi="urn:y"><b xsi:nil="true"/></a>',
    '<a><!-- <b c="1"> --><![CDATA[<b c="1">]]></a>',
    '<a>b="1"</a>',
  ])("none in %s", (source) => expect(refused(requireNoAttributes, source)).toBeUndefined());
});

describe("the place of an element is", () => {
  test.each([
    { source: "<a>\n  <b/></a>", name: "b", line: 2, column: 3 },
    { source: "<a>\n <m:b>1</m:b></a>", name: "b", line: 2, column: 2 },
    { source: "<a><!-- <b> --><bc/>\n<b >1</b></a>", name: "b", line: 2, column: 1 },
    { source: "\n<a/>", name: "b", line: 1, column: 1 },
  ])("$line:$column of $name in $source", ({ source, name, line, column }) =>
    expect(placeOfElement(source, name)).toEqual({ line, column }),
  );

  test("is the beginning for an offset before it", () =>
    expect(problemAt("a\nb", -1, { id: "xml.doctype", values: [] })).toMatchObject({
      name: "XmlProblem",
      message: "xml.doctype (1:1)",
      line: 1,
      column: 1,
    }));
});
