import ip from "ipaddr.js";
import { usesOAuth } from "../app/desiredApp.ts";
import { numberOf, parseIpRange } from "../app/ipRange.ts";
import { hitIf, type LintRules, unsetIf } from "./rule.ts";
import { hasRefreshTokens } from "./userFlows.ts";

/** Profiles of people, by label and by metadata name. */
const profilesOfPeople = ["System Administrator", "Admin", "Standard User", "Standard"];

/** Who may use the app, from where, and in which sessions. */
export const policyRules = {
  "self-authorized": {
    level: "warning",
    find: (app) => {
      const path = "policy.permittedUsers";
      const permitted = app.settings[path];
      return [
        ...hitIf(permitted === "selfAuthorized", path),
        ...unsetIf(permitted === undefined && usesOAuth(app), path),
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
  "approved-by-profile-alone": {
    level: "warning",
    find: ({ settings }) => {
      const path = "policy.profiles";
      const isAdminApproved = settings["policy.permittedUsers"] === "adminApproved";
      const hasNoSet = (settings["policy.permissionSets"] ?? []).length === 0;
      return hitIf(isAdminApproved && hasNoSet && (settings[path] ?? []).length > 0, path);
    },
  },
  "profile-of-people": {
    level: "warning",
    find: (app) => {
      const path = "policy.profiles";
      // An app only for SAML sign-on admits people by profile.
      const profiles = usesOAuth(app) ? (app.settings[path] ?? []) : [];
      const found = profiles.filter((profile) => profilesOfPeople.includes(profile));
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

const ranges = "oauth.trustedIpRanges";

/** The most addresses that a range may hold: a /8 of IPv4, a /32 of IPv6. */
const widest = { ipv4: 2n ** 24n, ipv6: 2n ** 96n };

export const trustedIpRangeRules = {
  "trusted-ip-range-wide": {
    level: "warning",
    find: ({ settings }) =>
      (settings[ranges] ?? []).flatMap(({ range = "" }) => hitIf(isWide(range), ranges, range)),
  },
} satisfies LintRules;

function isWide(range: string): boolean {
  const bounds = parseIpRange(range);
  if ("problem" in bounds) return false;
  const [first, last] = [ip.parse(bounds.start), ip.parse(bounds.end)];
  // IPv4 addresses may be written in the form of IPv6.
  const isIpv4 = [first, last].every(
    (address) => address instanceof ip.IPv4 || address.isIPv4MappedAddress(),
  );
  return numberOf(last) - numberOf(first) >= (isIpv4 ? widest.ipv4 : widest.ipv6);
}
