import { nearest } from "../app/nearest.ts";
import { lintRules, unusedSilence } from "./lint.ts";
import type { LintFinding } from "./rule.ts";

/** An entry of the spec's `lint.ignore`: the rule, and why this app may do what the rule warns about. */
export interface Silencing {
  rule: string;
  reason: string;
}

/**
 * Marks the findings that a spec silences, and adds one for each silencing that silences nothing.
 *
 * @param orgAsked whether the rules that need an org had one; if not, silencing one of them is not an error
 */
export function silence(
  findings: readonly LintFinding[],
  ignored: readonly Silencing[],
  { orgAsked = false } = {},
): LintFinding[] {
  const marked = findings.map((finding) => {
    const reason = ignored.find(({ rule }) => rule === finding.rule)?.reason;
    return reason === undefined ? finding : { ...finding, silenced: reason };
  });
  const found = new Set(findings.map(({ rule }) => rule));
  const unused = ignored.flatMap(({ rule }, index): LintFinding[] => {
    const isFirst = ignored.findIndex((other) => other.rule === rule) === index;
    const known = lintRules.find(({ id }) => id === rule);
    if (isFirst && (found.has(rule) || (known?.needsOrg && !orgAsked))) return [];
    return [{ text: textOf(rule, known !== undefined), ...common(index) }];
  });
  return [...marked, ...unused];
}

function common(index: number) {
  return { rule: unusedSilence.id, level: unusedSilence.level, path: `lint.ignore.${index}.rule` };
}

function textOf(rule: string, isKnown: boolean): LintFinding["text"] {
  if (isKnown) return { id: `${unusedSilence.id}.message`, values: [rule] };
  const suggestion = nearest(
    rule,
    lintRules.map(({ id }) => id),
  );
  return suggestion === undefined
    ? { id: `${unusedSilence.id}.unknown`, values: [rule] }
    : { id: `${unusedSilence.id}.similar`, values: [rule, suggestion] };
}
