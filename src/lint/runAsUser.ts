import { dayMilliseconds } from "../app/durations.ts";
import type { OrgFacts, RunAsFacts } from "../app/orgFacts.ts";
import type { Level } from "../results/finding.ts";
import { type Hit, hitIf, type LintedApp, type LintRules } from "./rule.ts";

const path = "oauth.clientCredentials.runAs";
const administrative = ["AuthorApex", "CustomizeApplication", "ManageUsers", "ModifyAllData"];
const dormantAfterDays = 90;

/** The user on whose behalf each token is issued, as an org has it, and what lets that user use the app. */
export const runAsUserRules = {
  "run-as-administrator": rule("error", (user) => {
    const reasons = [
      ...(user.profileName === "System Administrator" ? [user.profileName] : []),
      ...user.permissions.filter((permission) => administrative.includes(permission)),
    ];
    return hitIf(reasons.length > 0, path, user.username, reasons.join(", "));
  }),
  "run-as-views-all-data": rule("warning", ({ permissions, username }) => {
    const isAdministrator = permissions.includes("ModifyAllData");
    return hitIf(permissions.includes("ViewAllData") && !isAdministrator, path, username);
  }),
  "run-as-not-api-only": rule("warning", ({ apiOnly, username }) => hitIf(!apiOnly, path, username)),
  "run-as-api-disabled": rule("error", ({ permissions, username }) =>
    hitIf(!permissions.includes("ApiEnabled"), path, username),
  ),
  "run-as-inactive": rule("error", ({ isActive, username }) => hitIf(!isActive, path, username)),
  "run-as-frozen": rule("error", ({ isFrozen, username }) => hitIf(isFrozen === true, path, username)),
  "run-as-missing": {
    level: "error",
    needsOrg: true,
    find: ({ settings }, { missing }) => hitIf(missing?.runAs === true, path, String(settings[path])),
  },
  "run-as-not-approved": rule("error", ({ username }, { isApproved }) =>
    hitIf(isApproved === false, "policy.permissionSets", username),
  ),
  "permission-set-missing": {
    level: "error",
    needsOrg: true,
    find: (_app, { missing }) => namesMissing("policy.permissionSets", missing?.permissionSets),
  },
  "profile-missing": {
    level: "error",
    needsOrg: true,
    find: (_app, { missing }) => namesMissing("policy.profiles", missing?.profiles),
  },
  "run-as-dormant": rule("note", ({ lastLogin, username }, { askedAt }) => {
    if (lastLogin === undefined || askedAt === undefined) return [];
    const days = Math.floor((Date.parse(askedAt) - Date.parse(lastLogin)) / dayMilliseconds);
    return hitIf(days > dormantAfterDays, path, username, String(days));
  }),
} satisfies LintRules;

function namesMissing(list: string, names: readonly string[] = []) {
  return names.flatMap((name) => hitIf(true, list, name).map((hit) => ({ ...hit, entry: name })));
}

function rule<Values>(level: Level, find: (user: RunAsFacts, facts: OrgFacts) => Hit<Values>[]) {
  return {
    level,
    needsOrg: true as const,
    find: (_app: LintedApp, facts: OrgFacts) =>
      facts.runAsUser === undefined ? [] : find(facts.runAsUser, facts),
  };
}
