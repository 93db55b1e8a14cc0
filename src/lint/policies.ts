import { hitIf, type LintRules, unsetIf } from "./rule.ts";
import { hasRefreshTokens } from "./userFlows.ts";

/** Profiles of people, by label and by metadata name. */
const profilesOfPeople = ["System Administrator", "Admin", "Standard User", "Standard"];

/** Who may use the app, from where, and in which sessions. */
export const policyRules = {
  "self-authorized": {
    level: "warning",
    find: ({ settings }) => {
      const path = "policy.permittedUsers";
      return [
        ...hitIf(settings[path] === "selfAuthorized", path),
        ...unsetIf(settings[path] === undefined, path),
      ];
    },
  },
  "nobody-approved": {
    level: "error",
    find: ({ settings }) => {
      const approved = [...(settings["policy.permissionSets"] ?? []), ...(settings["policy.profiles"] ?? [])];
      const isAdminApproved = settings["policy.permittedUsers"] === "adminApproved";
      return hitIf(isAdminApproved && approved.length === 0, "policy.permittedUsers");
    },
  },
  "profile-of-people": {
    level: "warning",
    find: ({ settings }) => {
      const path = "policy.profiles";
      const found = (settings[path] ?? []).filter((profile) => profilesOfPeople.includes(profile));
      return hitIf(found.length > 0, path, found.join(", "));
    },
  },
  "ip-bypass": {
    level: "warning",
    find: ({ settings }) => {
      const path = "policy.ipRelaxation";
      const policy = settings[path] ?? "";
      return hitIf(policy === "bypass" || policy === "bypass2Factor", path, policy);
    },
  },
  "ip-relaxed-refresh": {
    level: "warning",
    find: (app) => {
      const path = "policy.ipRelaxation";
      return hitIf(hasRefreshTokens(app) && app.settings[path] === "enforceRelaxRefresh", path);
    },
  },
  "session-level-low": {
    level: "warning",
    find: ({ settings }) => {
      const path = "policy.session.level";
      return hitIf(settings[path]?.toUpperCase() === "LOW", path);
    },
  },
} satisfies LintRules;
