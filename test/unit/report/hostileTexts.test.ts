import { describe, expect, test } from "vitest";
import { terminalText, visibleJson } from "../../../src/app/visibleText.ts";
import { type DriftFormat, driftFormats } from "../../../src/report/drift/formats.ts";
import { driftReport } from "../../../src/report/drift/report.ts";
import { planText } from "../../../src/report/plan.ts";
import { validationText } from "../../../src/report/validation.ts";
import type { AppDrift, Drift, DriftReport } from "../../../src/results/drift.ts";

/** What an org's user or a spec's author could write to command a terminal, a pipeline or a page. */
const hostile = [
  { title: "a command of GitHub", text: "Nice\n::error file=x::Forged" },
  { title: "a command of GitHub after spaces", text: "Nice\n  \t::set-output name=x::Forged" },
  { title: "an old command of GitHub", text: "Nice ##[error]Forged" },
  { title: "a command of Azure Pipelines", text: "Nice ##vso[task.setvariable variable=x]Forged" },
  { title: "a section of GitLab", text: "\u001B[0Ksection_start:1:x\r\u001B[0KForged" },
  { title: "a terminal's title and link", text: "\u001B]0;Forged\u0007\u001B]8;;http://example.com\u0007x" },
  { title: "a cleared screen", text: "\u001B[2J\u001B[H" },
  { title: "hidden text", text: "\u001B[8mhidden" },
  { title: "C1 control characters", text: "\u009B2J\u0090q\u009C" },
  { title: "a text that runs backwards", text: "\u202Egnp.exe\u2066x\u2069" },
  { title: "line separators", text: "a\u2028::error::b\u2029c\u0085d" },
  { title: "a carriage return", text: "verified\rForged" },
  { title: "the end of a fence and of a table", text: "```\n</code>|\n~~~~~\n# Forged @everyone" },
  { title: "half a character and a character that is none", text: "\uD800x\uFFFE" },
];

/** What no output may hold: all but line breaks and tabs. */
const unseen = /(?![\n\t])[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFFE]/u;

function driftOf(text: string): DriftReport {
  const org = { name: text, id: text, instanceUrl: text };
  const drift: Drift = {
    kind: "setting",
    path: "label",
    severity: "appearance",
    expected: text,
    actual: [text],
    place: { file: "spec.yaml", line: 1, column: 1 },
    remedy: [text],
  };
  const app: AppDrift = {
    kind: "ConnectedApp",
    name: text,
    label: text,
    specFile: "spec.yaml",
    environment: text,
    org,
    state: "drifted",
    drifts: [drift, { ...drift, detail: text }],
    notes: [text],
    changes: [{ at: "2026-11-27T00:00:00.000Z", by: text, what: text }],
  };
  const failure = { name: "Failure", message: text, actions: [text] };
  return {
    schemaVersion: 1,
    checkedAt: "2026-11-27T00:00:00.000Z",
    version: "1.0.0",
    apps: [app, { ...app, state: "unchecked", drifts: [], failure }],
    unclaimed: [{ kind: "ConnectedApp", name: text, label: text, org, why: ["jwt"] }],
    passedOver: [{ kind: "ConnectedApp", name: text, org, why: "package" }],
  };
}

/** As commands write it to standard output. */
const written = (format: DriftFormat, text: string) => {
  const report = driftReport(format, driftOf(text));
  if (format === "human") return terminalText(report);
  return ["sarif", "gitlab"].includes(format) ? visibleJson(report) : report;
};

describe.each(hostile)("$title", ({ text }) => {
  test.each(driftFormats.filter((format) => format !== "json"))("commands nothing as %s", (format) => {
    const report = written(format, text);
    expect(unseen.exec(report)?.[0]).toBeUndefined();
    const own = format === "github" ? /^::(error|warning|notice) file=/ : /^(?!\s*::)/;
    // A page's style sheet has its own `::before`, and a page is for browsers.
    if (format !== "html") for (const line of report.split("\n")) expect(line).toMatch(own);
    // As many commands as of a harmless text.
    if (format === "github")
      expect(report.split("\n")).toHaveLength(written(format, "Nice").split("\n").length);
    if (format === "human") expect(report).not.toMatch(/##\w*\[/);
    if (format === "markdown") expect(report).not.toMatch(/```|^~~~|^# |@everyone/m);
  });

  test("commands nothing in a plan, and stays in its line", () => {
    const change = { path: "label", expected: text, actual: text };
    const plan = {
      action: "update" as const,
      changes: [change],
      setupOnly: [change],
      keptByOrg: [],
      scopesNotInToken: [],
    };
    const shown = terminalText(planText(plan as never, { kind: "ConnectedApp", name: "App" }, "acme"));
    expect(unseen.exec(shown)?.[0]).toBeUndefined();
    expect(shown.split("\n")).toHaveLength(3);
    expect(shown).not.toMatch(/^\s*::|##\w*\[/m);
  });

  test("commands nothing in a finding of the policy lint", () => {
    const finding = {
      rule: "rule",
      level: "error" as const,
      message: text,
      path: "label",
      location: { file: "spec.yaml", line: 1, column: 1 },
    };
    const spec = { file: text, valid: true, kind: "ConnectedApp", name: text, findings: [finding] };
    const shown = terminalText(validationText([spec as never], []));
    expect(unseen.exec(shown)?.[0]).toBeUndefined();
    expect(shown).not.toMatch(/^\s*::|##\w*\[/m);
  });

  test("is the same text in JSON, and commands nothing", () => {
    const json = visibleJson(JSON.stringify({ text }, null, 2));
    expect(JSON.parse(json)).toEqual({ text });
    expect(unseen.exec(json)?.[0]).toBeUndefined();
    expect(json).not.toMatch(/^\s*::|##\w*\[/m);
  });
});

test("a text's code points are named", () =>
  expect(terminalText("a\u202Eb\u009B\n\tc")).toBe("a[U+202E]b[U+009B]\n\tc"));

test("the plugin's own colors stay", () =>
  expect(terminalText("\u001B[31mred\u001B[39m")).toBe("\u001B[31mred\u001B[39m"));
