import type { DesiredApp } from "../../app/desiredApp.ts";
import type { OrgFacts } from "../../app/orgFacts.ts";
import { byPlace, type Place } from "../../app/place.ts";
import { lintApp, lintRules } from "../../lint/lint.ts";
import { silence } from "../../lint/silence.ts";
import { messagesOf } from "../../messages.ts";
import { isOfPackage } from "../../metadata/packagedApp.ts";
import type { Finding, FindingRule, Level } from "../../results/finding.ts";
import type { LoadedSpec } from "../../spec/load.ts";
import { valueAt } from "../../spec/overlay.ts";
import { resolve } from "../../spec/resolve.ts";
import type { AppSpec } from "../../spec/schema.ts";

/** The rules that need an org. */
const needOrg = new Set<string>(lintRules.filter(({ needsOrg }) => needsOrg).map(({ id }) => id));

/** What the policy lint finds in a spec, each at its place, in the order of the file. */
export function lintSpec(loaded: LoadedSpec, facts: OrgFacts = {}): Finding[] {
  const messages = messagesOf("lint");
  const { app: spec } = loaded;
  const { consumer } = spec;
  const app = {
    ...resolve(spec),
    cpqUrl: spec.cpq?.url,
    consumerSecret: consumer.secret,
  };
  // The org cannot change what is in a package.
  const own = lintApp(app, facts).filter(({ path }) => !isOfPackage(spec, path));
  const found = silence(own, spec.lint?.ignore ?? [], {
    orgAsked: facts.runAsUser !== undefined || facts.askedAt !== undefined,
  });
  return found
    .map(({ text, entry, ...finding }) => ({
      ...finding,
      message: messages.getText(text),
      location: placeOfEntry(loaded, finding.path, entry),
    }))
    .sort(byPlace);
}

/** The place of a setting or, in a list, of the entry that is meant if the spec has it in the same words. */
function placeOfEntry({ content, locate }: LoadedSpec, path: string, entry: string | undefined): Place {
  const written = valueAt(content, path.split("."));
  const index = Array.isArray(written) ? written.indexOf(entry) : -1;
  return locate(index < 0 ? path : `${path}.${index}`);
}

/** The lowest level at which findings count against a spec, as the spec itself says. */
export function failOnOf({ lint }: AppSpec): Level {
  return lint?.failOn ?? "error";
}

/**
 * What an org has against a spec before anything is deployed to it, as `validate --target-org` finds it: the findings
 * of the rules that need an org.
 */
export function findingsInOrg(loaded: LoadedSpec, facts: OrgFacts): Finding[] {
  return lintSpec(loaded, facts).filter(({ rule }) => needOrg.has(rule));
}

/** The same for an app that no spec describes: what is found has no place, and nothing silences it. */
export function findingsOfApp(app: DesiredApp, facts: OrgFacts): Omit<Finding, "location">[] {
  const messages = messagesOf("lint");
  return lintApp(app, facts)
    .filter(({ rule }) => needOrg.has(rule))
    .map(({ text, entry: _, ...finding }) => ({ ...finding, message: messages.getText(text) }));
}

/** The findings of a level, or of a worse one, that are not silenced. */
export function findingsFrom(level: Level, findings: readonly Finding[]): Finding[] {
  const levels: readonly Level[] = ["error", "warning", "note"];
  const counted = levels.slice(0, levels.indexOf(level) + 1);
  return findings.filter((finding) => finding.silenced === undefined && counted.includes(finding.level));
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
