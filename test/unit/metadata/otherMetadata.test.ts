import { describe, expect, test } from "vitest";
import type { MetadataFile } from "../../../src/metadata/kind.ts";
import { kinds } from "../../../src/metadata/kinds.ts";
import {
  fragmentProblems,
  otherMetadataOf,
  unknownElements,
  withOtherMetadata,
} from "../../../src/metadata/otherMetadata.ts";
import { element, elementsAt, textsAt, withElements, withTexts } from "../../../src/metadata/xmlElement.ts";
import { formatFragment, parseFragment, parseXml } from "../../../src/metadata/xmlText.ts";

const kind = kinds.ConnectedApp;
const content = parseXml(`<ConnectedApp>
  <label>A</label>
  <new>1</new>
  <oauthConfig><callbackUrl>https://a</callbackUrl><inner><deep>2</deep><other/></inner></oauthConfig>
  <oauthConfig><newToo>3</newToo></oauthConfig>
</ConnectedApp>`);
const withoutSpaces = (xml: string) => xml.replace(/>\s+</g, "><");

describe("what no setting stands for", () => {
  test("is given as XML, in the elements that hold settings too", () =>
    expect(withoutSpaces(otherMetadataOf(kind, "ConnectedApp", content))).toBe(
      "<new>1</new><oauthConfig><inner><deep>2</deep><other/></inner></oauthConfig><oauthConfig><newToo>3</newToo></oauthConfig>",
    ));

  test("is nothing in an app of known elements, its key and its name among them", () => {
    const known =
      "<label>A</label><oauthConfig><consumerKey>K</consumerKey><consumerSecret>S</consumerSecret></oauthConfig>";
    expect(otherMetadataOf(kind, "ConnectedApp", parseXml(`<ConnectedApp>${known}</ConnectedApp>`))).toBe("");
    const part = "<x><externalClientApplication>A</externalClientApplication></x>";
    const oauth = "ExtlClntAppOauthSettings";
    expect(otherMetadataOf(kinds.ExternalClientApp, oauth, parseXml(part))).toBe("");
    expect(otherMetadataOf(kinds.ExternalClientApp, "ExternalClientApplication", parseXml(part))).not.toBe(
      "",
    );
  });

  test("is told by its paths, each once", () => {
    const [component] = kind.components;
    const file = { component, fullName: "A", content } as MetadataFile;
    expect(unknownElements(kind, [file, file])).toEqual([
      "new",
      "oauthConfig/inner/deep",
      "oauthConfig/inner/other",
      "oauthConfig/newToo",
    ]);
  });

  test.each([
    {
      what: "is replaced as a whole",
      fragment: "<newest>4</newest><oauthConfig><inner>5</inner></oauthConfig>",
      written:
        "<label>A</label><newest>4</newest><oauthConfig><callbackUrl>https://a</callbackUrl><inner>5</inner></oauthConfig>",
    },
    {
      what: "is removed",
      fragment: "",
      written: "<label>A</label><oauthConfig><callbackUrl>https://a</callbackUrl></oauthConfig>",
    },
    {
      what: "may be there more than once",
      fragment: "<new>1</new><new>2</new><samlConfig><new>3</new></samlConfig>",
      written:
        "<label>A</label><new>1</new><new>2</new><oauthConfig><callbackUrl>https://a</callbackUrl></oauthConfig><samlConfig><new>3</new></samlConfig>",
    },
  ])("$what", ({ fragment, written }) => {
    const { children } = withOtherMetadata(kind, "ConnectedApp", content, fragment);
    expect(withoutSpaces(formatFragment(children))).toBe(written);
  });
});

describe("of XML for what has no setting", () => {
  test.each([
    { fragment: "", problems: [] },
    { fragment: "<new>1</new><oauthConfig><new><scopes/></new></oauthConfig>", problems: [] },
    {
      fragment: "<oauthConfig><scopes>Api</scopes></oauthConfig>",
      problems: [{ id: "knownElement", element: "oauthConfig/scopes", setting: "oauth.scopes" }],
    },
    {
      fragment: "<oauthConfig><consumerKey>K</consumerKey></oauthConfig>",
      problems: [{ id: "neverElement", element: "oauthConfig/consumerKey" }],
    },
    {
      fragment: "<oauthConfig><a/></oauthConfig><oauthConfig><b/></oauthConfig><new/><new/>",
      problems: [{ id: "repeatedContainer", element: "oauthConfig" }],
    },
    {
      fragment: "<label>A</label><oauthConfig><idTokenConfig/><idTokenConfig/></oauthConfig>",
      problems: [
        { id: "knownElement", element: "label", setting: "label" },
        { id: "repeatedContainer", element: "oauthConfig/idTokenConfig" },
      ],
    },
  ])("$fragment, refused is $problems", ({ fragment, problems }) =>
    expect(fragmentProblems(kind, "ConnectedApp", fragment)).toEqual(problems),
  );

  test("a setting of another part of the app is none of this one", () => {
    const fragment = "<contactEmail>a@example.com</contactEmail>";
    expect(fragmentProblems(kinds.ExternalClientApp, "ExtlClntAppOauthSettings", fragment)).toEqual([]);
    expect(fragmentProblems(kinds.ExternalClientApp, "ExternalClientApplication", fragment)).toEqual([
      { id: "knownElement", element: "contactEmail", setting: "contactEmail" },
    ]);
  });

  test.each([
    { fragment: "text", message: "xml.textOutside" },
    { fragment: "text<a/>", message: "xml.textOutside" },
    { fragment: "<a/><![CDATA[text]]>", message: "xml.textOutside" },
    { fragment: '<a b="1"/>', message: "xml.attribute" },
    { fragment: "<a>", message: "xml.syntax" },
  ])("$fragment is not readable: $message", ({ fragment, message }) =>
    expect(() => parseFragment(fragment)).toThrow(message),
  );
});

describe("elements", () => {
  const root = parseXml("<r><a><b>1</b><c>x</c></a><a><b>2</b></a><d/></r>");
  test.each([
    { path: ["a", "b"], texts: ["1", "2"] },
    { path: ["d"], texts: [""] },
    { path: ["a", "x"], texts: [] },
    { path: ["x", "b"], texts: [] },
  ])("at $path hold $texts", ({ path, texts }) => expect(textsAt(root, path)).toEqual(texts));

  test("at no path are the root", () => {
    expect(elementsAt(root, [])).toEqual([root]);
    expect(withElements(root, [], [element("x")])).toBe(root);
  });

  test.each([
    {
      what: "replaced",
      path: ["d"],
      texts: ["3", "4"],
      is: "<a><b>1</b><c>x</c></a><a><b>2</b></a><d>3</d><d>4</d>",
    },
    { what: "removed", path: ["d"], texts: [], is: "<a><b>1</b><c>x</c></a><a><b>2</b></a>" },
    {
      what: "made, with their parents",
      path: ["e", "f"],
      texts: ["5"],
      is: "<a><b>1</b><c>x</c></a><a><b>2</b></a><d/><e><f>5</f></e>",
    },
    {
      what: "not made if there is nothing to hold",
      path: ["e", "f"],
      texts: [],
      is: "<a><b>1</b><c>x</c></a><a><b>2</b></a><d/>",
    },
    {
      what: "replaced within the first parent, which stays alone",
      path: ["a", "b"],
      texts: ["6"],
      is: "<a><b>6</b><c>x</c></a><d/>",
    },
  ])("are $what", ({ path, texts, is }) => {
    const before = structuredClone(root);
    expect(withoutSpaces(formatFragment(withTexts(root, path, texts).children))).toBe(is);
    expect(root).toEqual(before);
  });
});
