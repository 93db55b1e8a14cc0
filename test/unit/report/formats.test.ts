import { readFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { Ajv } from "ajv";
import formats from "ajv-formats";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { memoryPages, validateXML } from "xmllint-wasm";
import { findingsOf } from "../../../src/report/drift/findingsOfDrift.ts";
import { driftFormats } from "../../../src/report/drift/formats.ts";
import { driftReport } from "../../../src/report/drift/report.ts";
import { findingReport } from "../../../src/report/findings/report.ts";
import type { DriftReport } from "../../../src/results/drift.ts";
import { fleetDrift } from "./fleetDrift.ts";
import { hostileDrift, hostileTexts } from "./hostileDrift.ts";
import { sampleDrift } from "./sampleDrift.ts";

const schema = (name: string) => readFileSync(join(import.meta.dirname, "..", "..", "schemas", name), "utf8");
const ajv = new Ajv({ strict: false, unicodeRegExp: false, allErrors: true });
formats.default(ajv);
// Nothing that differs between the schema's draft and the one that ajv reads is used in it, but the names of two keys.
const { id: _, $schema: __, ...sarifSchema } = JSON.parse(schema("sarif-2.1.0-rtm.5.json"));
const isSarif = ajv.compile(sarifSchema);
const isCodeQuality = ajv.compile(JSON.parse(schema("gitlab-code-quality.json")));
const xsd = schema("jenkins-junit.xsd");

const reports: { whose: string; report: DriftReport }[] = [
  { whose: "a team's", report: sampleDrift() },
  { whose: "a fleet's", report: fleetDrift() },
  { whose: "a hostile", report: hostileDrift() },
  {
    whose: "an empty",
    report: { schemaVersion: 1, checkedAt: "2026-11-24T05:30:12.418Z", version: "0.1.0", apps: [] },
  },
];

async function junitProblems(xml: string): Promise<readonly unknown[]> {
  const options = { initialMemoryPages: 256, maxMemoryPages: 2 * memoryPages.GiB };
  return (await validateXML({ xml, schema: xsd, ...options })).errors;
}

describe.each(reports)("$whose drift report", ({ report }) => {
  test("is SARIF 2.1.0", () => {
    const sarif = JSON.parse(driftReport("sarif", report));
    expect(isSarif(sarif), JSON.stringify(isSarif.errors?.slice(0, 3))).toBe(true);
    const [run] = sarif.runs;
    expect(run.results).toHaveLength(
      report.apps.reduce((sum, { drifts }) => sum + drifts.length, report.unclaimed?.length ?? 0),
    );
    for (const { ruleId, ruleIndex } of run.results) expect(run.tool.driver.rules[ruleIndex].id).toBe(ruleId);
    const unchecked = report.apps.some(({ failure }) => failure !== undefined);
    expect(run.invocations[0].executionSuccessful).toBe(!unchecked);
  });

  test("is a code quality report of GitLab, each entry with a fingerprint of its own", () => {
    const entries = JSON.parse(driftReport("gitlab", report));
    expect(isCodeQuality(entries), JSON.stringify(isCodeQuality.errors?.slice(0, 3))).toBe(true);
    const fingerprints = entries.map(({ fingerprint }: { fingerprint: string }) => fingerprint);
    expect(new Set(fingerprints).size).toBe(fingerprints.length);
  });

  test("is JUnit's XML, and counts what is in it", async () => {
    const xml = driftReport("junit", report);
    expect(await junitProblems(xml)).toEqual([]);
    const failures = Number(/<testsuites[^>]* failures="(\d+)"/.exec(xml)?.[1] ?? 0);
    expect(failures).toBe(xml.match(/<failure\b/g)?.length ?? 0);
    expect(xml.match(/<error\b/g)?.length ?? 0).toBe(
      report.apps.filter(({ failure }) => failure !== undefined).length,
    );
  });

  test("is JSON as it was", () => {
    expect(JSON.parse(driftReport("json", report))).toEqual(JSON.parse(JSON.stringify(report)));
  });
});

test("a fingerprint outlives lines that come before it", () => {
  const [first, later] = [1, 20].map((line) => {
    const report = sampleDrift();
    for (const { drifts } of report.apps) for (const { place } of drifts) place.line += line;
    return JSON.parse(driftReport("gitlab", report)).map(
      ({ fingerprint }: { fingerprint: string }) => fingerprint,
    );
  });
  expect(later).toEqual(first);
});

describe("hostile texts", () => {
  const text = fc.oneof(
    fc.constantFrom(
      ...hostileTexts,
      "\n::error file=a::forged",
      "\r\n::set-output name=x::y",
      "%0A::error::forged",
      "a | b | c\n| --- |\n# heading",
      "`code` **bold** [link](https://example.com) @somebody #1 ~~gone~~",
      "<details><summary>x</summary>",
      "]]>",
      "\u0000\u0008\u000b\u001f\u007f\u009f\ufffe\uffff",
      "\udc00\ud800",
    ),
    fc.string({ unit: "binary" }),
    fc.string({ unit: "grapheme" }),
  );

  test("break no format, and inject no workflow command, row or mention", async () => {
    const junit: string[] = [];
    fc.assert(
      fc.property(text, text, text, (one, two, three) => {
        const report = reportOfTexts(one, two, three);
        for (const format of driftFormats) expect(driftReport(format, report).isWellFormed()).toBe(true);
        const terminal = stripVTControlCharacters(driftReport("human", report));
        expect(terminal).not.toMatch(/[^\P{Cc}\n\t]/u);
        expect(isSarif(JSON.parse(driftReport("sarif", report))), JSON.stringify(isSarif.errors)).toBe(true);
        expect(isCodeQuality(JSON.parse(driftReport("gitlab", report)))).toBe(true);
        const commands = driftReport("github", report).split(/[\r\n\u2028\u2029\u0085]/);
        expect(commands).toHaveLength(3);
        for (const command of commands) {
          expect(command).toMatch(/^::(error|warning|notice) file=[^,]*(,line=1,col=1)?,title=[^,:]*::/);
        }
        const markdown = driftReport("markdown", report);
        expect(markdown.match(/^\|/gm)).toHaveLength(7);
        expect(markdown.match(/^#/gm)).toHaveLength(3);
        expect(markdown).not.toMatch(/@|`|<(?!\/?code>)|[[\]]/);
        junit.push(driftReport("junit", report));
      }),
      { numRuns: 150 },
    );
    // One process looks at all: starting it takes longer than its work.
    const suites = junit.map((xml) => xml.replace(/^<\?xml.*?\?>\s*/, ""));
    for (const xml of suites) expect(xml).toMatch(/^<testsuites/);
    const bodies = suites.map((xml) => xml.replace(/^<testsuites[^>]*>|<\/testsuites>\s*$/g, ""));
    expect(await junitProblems(`<testsuites>${bodies.join("\n")}</testsuites>`)).toEqual([]);
  });

  test("of silenced findings and notes break no format either", () => {
    fc.assert(
      fc.property(text, text, (one, two) => {
        const found = findingsOf(reportOfTexts(one, two, one));
        const subjects = found.subjects.map((subject) => ({
          ...subject,
          findings: subject.findings.map((finding) => ({ ...finding, silenced: two })),
        }));
        const sarif = JSON.parse(findingReport("sarif", { ...found, subjects }));
        expect(isSarif(sarif), JSON.stringify(isSarif.errors)).toBe(true);
        expect(sarif.runs[0].results[0].suppressions).toHaveLength(1);
        expect(findingReport("github", { ...found, subjects }).split("\n")).toHaveLength(1);
      }),
    );
  });
});

function reportOfTexts(one: string, two: string, three: string): DriftReport {
  const place = { file: `${one}.yaml`, line: 1, column: 1 };
  const about = {
    kind: "ConnectedApp",
    name: two,
    label: three,
    specFile: `${one}.yaml`,
    environment: two,
  } as const;
  const org = { name: three };
  const drift = {
    kind: "setting",
    path: three,
    severity: "security",
    place,
    remedy: [one, two, three],
  } as const;
  return {
    schemaVersion: 1,
    checkedAt: one,
    version: two,
    apps: [
      {
        ...about,
        org,
        state: "drifted",
        drifts: [
          { ...drift, expected: one, actual: two },
          { ...drift, kind: "runAsUser", expected: [one, two], actual: undefined, detail: three },
        ],
        changes: [{ at: one, by: two, what: three }],
      },
      {
        ...about,
        environment: `${two} other`,
        org,
        state: "unchecked",
        drifts: [],
        changes: [],
        failure: { message: one, actions: [two] },
      },
    ],
  };
}
