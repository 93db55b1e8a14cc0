import type { OrgFacts } from "../app/orgFacts.ts";
import { lintApp, lintRules } from "../lint/lint.ts";
import { silence } from "../lint/silence.ts";
import { messagesOf } from "../messages.ts";
import type { Finding, FindingRule } from "../report/findings/finding.ts";
import type { LoadedSpec } from "../spec/load.ts";
import { resolve } from "../spec/resolve.ts";

/** What the policy lint holds against a spec, each at its place, in the order of the file. */
export function lintSpec({ spec, locate }: LoadedSpec, facts: OrgFacts = {}): Finding[] {
  const messages = messagesOf("lint");
  const { consumer } = spec;
  const app = {
    ...resolve(spec),
    cpqUrl: spec.cpq?.url,
    consumerSecret: consumer === "generated" ? undefined : consumer.secret,
  };
  const found = silence(lintApp(app, facts), spec.lint?.ignore ?? [], {
    orgAsked: facts.runAsUser !== undefined,
  });
  return found
    .map(({ message, values, ...finding }) => ({
      ...finding,
      message: messages.getMessage(message, values),
      location: locate(finding.path),
    }))
    .sort((a, b) => a.location.line - b.location.line || a.location.column - b.location.column);
}

/** The rules of the lint with their texts. */
export function lintRuleTexts(): FindingRule[] {
  const messages = messagesOf("lint");
  return lintRules.map(({ id, level }) => ({
    id,
    level,
    title: messages.getMessage(`${id}.title`),
    help: messages.getMessage(`${id}.help`),
  }));
}
