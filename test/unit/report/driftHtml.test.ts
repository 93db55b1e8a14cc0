import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { driftHtml } from "../../../src/report/drift/html/page.ts";
import type { AppDrift, Drift, DriftReport } from "../../../src/results/drift.ts";
import { fleetDrift } from "./fleetDrift.ts";
import { hostileDrift } from "./hostileDrift.ts";
import { sampleDrift } from "./sampleDrift.ts";

const page = (report: DriftReport) => driftHtml(report);

/** The text of a page between two of its texts, both once there. */
function between(text: string, from: string, to: string): string {
  const rest = text.slice(text.indexOf(from) + from.length);
  expect(text).toContain(from);
  expect(rest).toContain(to);
  return rest.slice(0, rest.indexOf(to));
}

/** A page with one difference. */
function pageOf(drift: Partial<Drift>): string {
  const [first] = sampleDrift().apps;
  const one: Drift = {
    kind: "setting",
    path: "label",
    severity: "appearance",
    expected: undefined,
    actual: undefined,
    place: { file: "spec.yaml", line: 1, column: 1 },
    remedy: [],
    ...drift,
  };
  const apps = first === undefined ? [] : [{ ...first, state: "drifted" as const, drifts: [one] }];
  return page({ ...sampleDrift(), apps });
}

/** Both values of a difference as the page shows them. */
function shownValues(expected: Drift["expected"], actual: Drift["actual"]): [string, string] {
  const html = pageOf({ expected, actual });
  return [
    between(html, '<div class="expected">', '<div class="actual">'),
    between(html, '<div class="actual">', '<dl class="facts">'),
  ];
}

/** Fails where a tag is not closed, or closed in the wrong order. */
function expectBalanced(html: string): void {
  const open: string[] = [];
  const body = html.replace(/<(style|script)>.*?<\/\1>/gs, "");
  for (const [tag, slash, name = ""] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)[^>]*>/g)) {
    if (/^(meta|input)$/.test(name) || tag.endsWith("/>") || /^(path|circle|rect)$/.test(name)) continue;
    if (slash === "") open.push(name);
    else expect(`</${open.pop()}>`).toBe(tag);
  }
  expect(open).toEqual([]);
}

describe("the page of a drift report", () => {
  test("allows exactly its own style sheet and script, by their digests", () => {
    const html = page(sampleDrift());
    const digest = (name: string) =>
      createHash("sha256")
        .update(between(html, `<${name}>`, `</${name}>`))
        .digest("base64");
    expect(html).toContain(
      `content="default-src &#39;none&#39;; style-src &#39;sha256-${digest("style")}&#39;; script-src &#39;sha256-${digest("script")}&#39;; base-uri &#39;none&#39;; form-action &#39;none&#39;"`,
    );
    expect(html).not.toMatch(/ style="| on[a-z]+="/);
  });
  test("names its language and has a title that says what was found", () => {
    expect(page(sampleDrift())).toContain('<html lang="en">');
    expect(page(sampleDrift())).toContain("<title>14 differences found – Drift report</title>");
  });
  test("closes all that it opens, and gives an id once", () => {
    for (const report of [sampleDrift(), hostileDrift(), fleetDrift()]) {
      const html = page(report);
      expectBalanced(html);
      const ids = [...html.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });
  test("leads each link within it to something", () => {
    for (const report of [sampleDrift(), fleetDrift()]) {
      const html = page(report);
      for (const [, id] of html.matchAll(/ href="#([^"]*)"/g)) expect(html).toContain(` id="${id}"`);
    }
  });
  test("has a section for what drifted and what was not checked, and for nothing else", () => {
    const html = page(fleetDrift());
    expect(html.match(/<td /g)).toHaveLength(900);
    expect(html.match(/<section class="group"/g)).toHaveLength(200);
    expect(html.match(/<article class="difference/g)).toHaveLength(200);
    expect(html.match(/<article class="unchecked"/g)).toHaveLength(12);
    expect(html.length).toBeLessThan(1_500_000);
  });
  test("puts the apps with a security difference first, and in each the worst first", () => {
    const found = [...page(sampleDrift()).matchAll(/<article class="difference (\w+)" id="d(\d+)"/g)];
    expect(found.map(([, , number]) => Number(number))).toEqual(found.map((_, index) => index + 1));
    expect(found.slice(0, 4).map(([, severity]) => severity)).toEqual([
      "security",
      "security",
      "function",
      "appearance",
    ]);
    expect(found.at(-1)?.[1]).toBe("appearance");
  });
  test("has a heading for an app of which no org is known", () => {
    const [first] = sampleDrift().apps;
    const { environment: _, ...app } = { ...first, state: "unchecked", org: { name: "" } } as AppDrift;
    const html = page({ ...sampleDrift(), apps: [app] });
    expect(html).toContain("<bdi>no org</bdi>");
    expect(html).not.toContain("<bdi></bdi>");
  });
  test("shows both where two specs name the same app and environment", () => {
    const [first] = sampleDrift().apps;
    const twice = [first, { ...first, specFile: "other.yaml", state: "unchecked" }] as AppDrift[];
    const html = page({ ...sampleDrift(), apps: twice });
    expect(html.match(/<td /g)).toHaveLength(1);
    expect(html).toContain('data-state="inSync unchecked"');
  });
});

describe("the verdict", () => {
  const { apps } = sampleDrift();
  const verdictOf = (report: Partial<DriftReport>) =>
    between(page({ ...sampleDrift(), ...report }), "<title>", " – ");
  test("of nothing checked is no success", () => expect(verdictOf({ apps: [] })).toBe("Nothing was checked"));
  test("of some not checked is no success", () =>
    expect(verdictOf({ apps: apps.filter(({ state }) => state !== "drifted") })).toBe(
      "2 apps could not be checked",
    ));
  test("of all in sync says so", () =>
    expect(verdictOf({ apps: apps.filter(({ state }) => state === "inSync") })).toBe(
      "Everything is in sync",
    ));
  test("of a part says which", () =>
    expect(page({ ...sampleDrift(), shard: { index: 2, count: 8 } })).toContain("This is part 2 of 8"));
});

describe("unclaimed apps", () => {
  test("that were not looked for are not said to be absent", () => {
    const { unclaimed, ...report } = sampleDrift();
    expect(unclaimed).toHaveLength(2);
    expect(page(report)).toContain("This run did not look for them.");
    expect(page({ ...report, unclaimed: [] })).toContain("None was found.");
  });

  test("stand beside those that were passed over, and why", () =>
    expect(page(sampleDrift())).toContain(
      "Skipped in cpq-uat, because they belong to packages: ConnectedApp acme__Quotes, ExternalClientApp acme__Cloud.",
    ));
});

describe("a value", () => {
  test("is marked where it differs, in whole words", () => {
    const [expected, actual] = shownValues(
      "https://a.example.com/callback",
      "https://a.example.org/callback",
    );
    expect(expected).toContain("https://a.example.<mark>com</mark>/callback");
    expect(actual).toContain("https://a.example.<mark>org</mark>/callback");
  });
  test("that only got longer is marked there alone", () => {
    const [expected, actual] = shownValues("Quote Export", "Quote Export (old)");
    expect(expected).not.toContain("<mark>");
    expect(actual).toContain("Quote Export<mark> (old)</mark>");
  });
  test("may be a switch or a number", () => {
    expect(shownValues(true, false)[1]).toContain("<mark>false</mark>");
    expect(shownValues(10, 12)[0]).toContain("<mark>10</mark>");
  });
  test("of a list says which entry the other side lacks", () => {
    const [expected, actual] = shownValues(["api", "web"], ["full", "api"]);
    expect(expected).toContain("<mark>web</mark></code> <small>missing in the org</small>");
    expect(actual).toContain("<mark>full</mark></code> <small>not in the spec</small>");
    expect(expected).not.toContain("<mark>api");
  });
  test("of a list in another order says which entries moved", () => {
    const [expected] = shownValues(["a", "b", "c"], ["a", "c", "b"]);
    expect(expected.match(/in another place/g)).toHaveLength(2);
  });
  test("of records marks the one field that differs", () => {
    const range = { range: "10.0.0.0/8", description: "Office" };
    const [, actual] = shownValues([range], [{ ...range, range: "0.0.0.0/0" }]);
    expect(actual).toContain("range:</span> <mark>0.0.0.0/0</mark>");
    expect(actual).toContain("description:</span> Office");
  });
  test("that is empty or not there says so", () => {
    expect(shownValues("", [])).toEqual([
      expect.stringContaining("Empty text"),
      expect.stringContaining("Empty list"),
    ]);
    expect(shownValues([""], ["x"])[0]).toContain("<mark>&quot;&quot;</mark>");
    expect(shownValues(undefined, "x")[0]).toContain("The spec does not mention it");
    expect(shownValues("x", undefined)[1]).toContain("Not set in the org");
  });
  test("that is long is whole, in a box that the keyboard can scroll", () => {
    const [expected] = shownValues("x".repeat(10_000), "y");
    expect(expected.replaceAll(/<[^>]*>/g, "")).toContain("x".repeat(10_000));
    expect(expected).toContain('role="group" tabindex="0"');
  });
  test("that differs only in its end of line shows it", () =>
    expect(shownValues("a", "a\n")[1]).toContain("a<mark>↵\n</mark>"));
  test("shows what cannot be seen", () => {
    const [expected, actual] = shownValues("a b\r\n", "a\u00a0b\u202e\u0000\n");
    expect(expected).toContain("b[U+000D]");
    expect(actual).toContain("[U+00A0]");
    expect(actual).toContain("[U+202E]");
    expect(actual).toContain("[U+0000]");
  });
});

describe("a hostile text", () => {
  const html = page(hostileDrift());
  test("brings no tag, no attribute and no script", () => {
    expect(html.match(/<script/g)).toHaveLength(1);
    expect(html.match(/<\/script/g)).toHaveLength(1);
    expect(html.match(/<style/g)).toHaveLength(1);
    expect(html).not.toMatch(/<img|<b>never|<svg onload| onmouseover='|<!--/);
    expect(html).toContain("&lt;/script&gt;");
  });
  test("brings no character that hides or turns text", () => {
    expect(html.replaceAll("\n", "").replaceAll("\t", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(html).toContain("[U+202E]fdp.exe");
    expect(html).toContain("[U+D800] lone");
  });
  test("is no link, unless it is an address over HTTPS", () => {
    expect(html).not.toMatch(/href="(?!#)/);
    expect(page(sampleDrift())).toContain(
      'href="https://acme.my.salesforce.example.com/" rel="noopener noreferrer"',
    );
  });
});
