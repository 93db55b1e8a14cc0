import ansis from "ansis";
import { placeOf } from "../app/place.ts";
import { messagesOf } from "../messages.ts";
import type { Finding, FindingRule, Level } from "../results/finding.ts";
import type { ValidatedSpec } from "../results/validation.ts";
import { alignedLines } from "./table.ts";

const messages = messagesOf("connectedapp.validate");

const colors: Readonly<Record<Level, (text: string) => string>> = {
  error: ansis.red,
  warning: ansis.yellow,
  note: ansis.dim,
};

/**
 * The result of a validation for a terminal: a line for each valid spec, then the findings of the policy lint with
 * place, level and rule, and at the end, once for each rule, why it matters. If resolved texts are wanted, everything
 * is one YAML stream, in which the rest is comments.
 */
export function validationText(specs: readonly ValidatedSpec[], rules: readonly FindingRule[]): string {
  const valid = specs.filter((spec) => spec.valid);
  const findings = withoutRepetition(valid.flatMap((spec) => spec.findings));
  const shown = findings.filter(({ silenced }) => silenced === undefined);
  const lines = valid.map(({ file, kind = "", name = "", environment, resolved }) => {
    const line =
      environment === undefined
        ? messages.getMessage("valid", [file, kind, name])
        : messages.getMessage("valid.environment", [file, kind, name, environment]);
    return resolved === undefined ? line : `# ${line}\n${resolved}---`;
  });
  const found = alignedLines(
    shown.map((finding) => [placeOf(finding.location), finding.level, textOf(finding)]),
  );
  const colored = found.map((line, index) => colors[shown[index]?.level ?? "note"](line));
  const silenced = findings.flatMap(({ silenced: reason, location, rule }) =>
    reason === undefined
      ? []
      : [ansis.dim(messages.getMessage("silenced", [placeOf(location), rule, reason]))],
  );
  const ids = new Set(shown.map(({ rule }) => rule));
  const why = rules.filter(({ id }) => ids.has(id)).map(({ id, help }) => `${ansis.bold(id)}: ${help}`);
  const parts = [lines.join("\n"), [...colored, ...silenced].join("\n"), ...why].filter(
    (part) => part !== "",
  );
  const isYaml = valid.some(({ resolved }) => resolved !== undefined);
  return isYaml ? [parts[0], ...parts.slice(1).map(commented)].join("\n") : parts.join("\n\n");
}

function textOf({ message, rule }: Finding): string {
  return `${message} (${rule})`;
}

function commented(text: string): string {
  return ansis
    .strip(text)
    .split("\n")
    .map((line) => `# ${line}`)
    .join("\n");
}

/** What all environments share is found in each of them. To show it once is enough. */
function withoutRepetition(findings: readonly Finding[]): Finding[] {
  const byText = new Map(
    findings.map((finding) => [`${placeOf(finding.location)} ${textOf(finding)}`, finding]),
  );
  return [...byText.values()];
}
