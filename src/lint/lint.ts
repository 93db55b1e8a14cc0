import { usesOAuth } from "../app/desiredApp.ts";
import type { OrgFacts } from "../app/orgFacts.ts";
import type { MessageText } from "../messageText.ts";
import type { Level } from "../results/finding.ts";
import { callbackUrlRules } from "./callbackUrls.ts";
import { flowRules, legacyRules } from "./flows.ts";
import { policyRules, trustedIpRangeRules } from "./policies.ts";
import type { LintedApp, LintFinding, LintRule, LintRules, RuleId } from "./rule.ts";
import { runAsUserRules } from "./runAsUser.ts";
import { samlRules } from "./saml.ts";
import { scopeRules } from "./scopes.ts";
import { secretRules } from "./secrets.ts";
import { accessTokenRules, refreshTokenRules } from "./tokens.ts";
import { webAddressRules } from "./webAddresses.ts";
import { wordRules } from "./words.ts";

/** Rules about tokens and the flows that give them. An app without OAuth has neither. */
const tokenRules = {
  ...scopeRules,
  ...flowRules,
  ...callbackUrlRules,
  ...accessTokenRules,
  ...refreshTokenRules,
} satisfies LintRules;

const rules = {
  ...tokenRules,
  ...webAddressRules,
  ...policyRules,
  ...trustedIpRangeRules,
  ...secretRules,
  ...samlRules,
  ...legacyRules,
  ...wordRules,
  ...runAsUserRules,
} satisfies Required<LintRules>;

const rulesById = Object.entries(rules) as [RuleId, LintRule][];

/** A rule as reports and silencings know it. */
export interface LintRuleSummary {
  id: RuleId | "unused-silence";
  level: Level;
  /** Whether it can find something only if an org was asked. */
  needsOrg: boolean;
}

/** The rule behind what `silence` itself finds. */
export const unusedSilence = {
  id: "unused-silence",
  level: "note",
  needsOrg: false,
} as const satisfies LintRuleSummary;

/** Every rule, including the one for unused silencings, in the order of the findings. */
export const lintRules: readonly LintRuleSummary[] = [
  ...rulesById.map(([id, { level, needsOrg = false }]) => ({ id, level, needsOrg })),
  unusedSilence,
];

/**
 * What a security reviewer would hold against an app, in the order of the rules.
 *
 * @param facts what the org says, if one was asked
 */
export function lintApp(app: LintedApp, facts: OrgFacts = {}): LintFinding[] {
  const asked = usesOAuth(app) ? rulesById : rulesById.filter(([id]) => !Object.hasOwn(tokenRules, id));
  return asked.flatMap(([rule, { level, find }]) =>
    find(app, facts).map(({ path, entry, form, values }) => ({
      rule,
      level,
      path,
      ...(entry === undefined ? {} : { entry }),
      // The type of the rule ensures that it has this text, and that the text takes these values.
      text: { id: `${rule}.${form}`, values } as MessageText<"lint">,
    })),
  );
}
