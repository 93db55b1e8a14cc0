import type { OrgFacts } from "../app/orgFacts.ts";
import type { Level } from "../results/finding.ts";
import { accessTokenRules } from "./accessTokens.ts";
import { callbackUrlRules } from "./callbackUrls.ts";
import { flowRules } from "./flows.ts";
import { legacyRules } from "./legacy.ts";
import { policyRules } from "./policies.ts";
import { refreshTokenRules } from "./refreshTokens.ts";
import type { LintedApp, LintFinding, LintRules } from "./rule.ts";
import { runAsUserRules } from "./runAsUser.ts";
import { samlRules } from "./saml.ts";
import { scopeRules } from "./scopes.ts";
import { secretRules } from "./secrets.ts";
import { trustedIpRangeRules } from "./trustedIpRanges.ts";
import { webAddressRules } from "./webAddresses.ts";

const rules: LintRules = {
  ...scopeRules,
  ...flowRules,
  ...callbackUrlRules,
  ...webAddressRules,
  ...accessTokenRules,
  ...refreshTokenRules,
  ...policyRules,
  ...trustedIpRangeRules,
  ...secretRules,
  ...samlRules,
  ...legacyRules,
  ...runAsUserRules,
};

/** A rule as reports and silencings know it. */
export interface LintRuleSummary {
  id: string;
  level: Level;
  /** Whether it says something only where an org was asked. */
  needsOrg: boolean;
}

/** The rule behind what `silence` itself finds. */
export const unusedSilence: LintRuleSummary = { id: "unused-silence", level: "note", needsOrg: false };

/** Every rule, the one of unused silencings included, in the order of the findings. */
export const lintRules: readonly LintRuleSummary[] = [
  ...Object.entries(rules).map(([id, { level, needsOrg = false }]) => ({ id, level, needsOrg })),
  unusedSilence,
];

/**
 * What a security reviewer would hold against an app, in the order of the rules.
 *
 * @param facts what the org says, where one was asked
 */
export function lintApp(app: LintedApp, facts: OrgFacts = {}): LintFinding[] {
  return Object.entries(rules).flatMap(([rule, { level, find }]) =>
    find(app, facts).map(({ path, message = "message", values = [] }) => ({
      rule,
      level,
      path,
      message: `${rule}.${message}`,
      values: [...values],
    })),
  );
}
