import { createRequire } from "node:module";
import type * as FastXmlParser from "fast-xml-parser";
import { terminalText, visibleText } from "../../app/visibleText.ts";
import { messagesOf } from "../../messages.ts";
import type { Finding, FindingReport, FindingSubject } from "../../results/finding.ts";
import { reportPath } from "./reportText.ts";

const messages = messagesOf("findings");

type XmlNode = Record<string, unknown>;

/** Loaded when a report is written: nearly all commands know this format, and few are asked for it. */
function xmlText(content: XmlNode): string {
  const { XMLBuilder } = createRequire(import.meta.url)("fast-xml-parser") as typeof FastXmlParser;
  const builder = new XMLBuilder({
    ignoreAttributes: false,
    attributeNamePrefix: "@",
    format: true,
    indentBy: "  ",
    suppressEmptyNode: true,
  });
  return builder.build(content) as string;
}

/**
 * Findings as the results of tests: a suite for each subject, a failed test for each error or warning, a skipped test
 * for each silenced finding, and a test that passes if there is nothing else.
 *
 * @see https://github.com/jenkinsci/xunit-plugin/blob/master/src/main/resources/org/jenkinsci/plugins/xunit/types/model/xsd/junit-10.xsd
 */
export function junitReport({ command, subjects }: FindingReport): string {
  const suites = subjects.map(suiteOf);
  const sum = (attribute: string) => suites.reduce((total, suite) => total + Number(suite[attribute]), 0);
  const content = {
    "?xml": { "@version": "1.0", "@encoding": "UTF-8" },
    testsuites: {
      "@name": plain(command),
      "@tests": sum("@tests"),
      "@failures": sum("@failures"),
      "@errors": sum("@errors"),
      testsuite: suites,
    },
  };
  return xmlText(content);
}

function suiteOf({ name, findings, facts = [], failure }: FindingSubject): XmlNode {
  const cases: XmlNode[] = findings.map((finding) => caseOf(finding, name));
  if (failure !== undefined)
    cases.push({
      ...head(name, messages.getMessage("notChecked.short")),
      error: { "@message": oneLine(failure), "#text": plain(failure) },
    });
  if (cases.length === 0) cases.push(head(name, messages.getMessage("noFindings")));
  const count = (outcome: string) => cases.filter((testcase) => outcome in testcase).length;
  return {
    "@name": plain(name),
    "@tests": cases.length,
    "@failures": count("failure"),
    "@errors": count("error"),
    "@skipped": count("skipped"),
    ...(facts.length === 0
      ? {}
      : {
          properties: {
            property: facts.map(([fact, text]) => ({ "@name": plain(fact), "@value": oneLine(text) })),
          },
        }),
    testcase: cases,
  };
}

function caseOf({ rule, level, message, path, location, silenced }: Finding, subject: string): XmlNode {
  const place = `${reportPath(location.file)}:${location.line}:${location.column}`;
  const testcase = head(subject, path === "" ? rule : `${rule} ${path}`);
  if (silenced !== undefined) return { ...testcase, skipped: { "@message": oneLine(silenced) } };
  const text = plain(`${place}\n${message}`);
  if (level === "note") return { ...testcase, "system-out": text };
  return { ...testcase, failure: { "@message": oneLine(message), "@type": level, "#text": text } };
}

function head(subject: string, name: string): XmlNode {
  return { "@classname": plain(subject), "@name": plain(name) };
}

function oneLine(text: string): string {
  return plain(text).replace(/\s+/g, " ");
}

/** XML holds no control characters, and a log in which it is printed is read for commands. */
function plain(text: string): string {
  return terminalText(visibleText(text));
}
