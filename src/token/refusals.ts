import type { TokenRefusal } from "./tokenRequest.ts";

/** Which refusals may be no more than an app that is still making its way through Salesforce's servers. */
const whilePropagating = new Set(["invalid_client_id", "invalid_client", "rate_limit_exceeded"]);

/** Whether asking again may help: the app may not have propagated yet, or the server is in trouble. */
export function mayPass(refusal: TokenRefusal): boolean {
  return whilePropagating.has(refusal.error) || refusal.status === 429 || refusal.status >= 500;
}

/**
 * The key, in messages/token.md, of what a refusal means and what to do. The error names are matched first, the
 * descriptions loosely, since their wording varies between releases.
 */
export function meaningOf(refusal: TokenRefusal): string {
  const { error, description } = refusal;
  if (error === "invalid_grant") {
    if (/user/i.test(description)) return "noRunAsUser";
    if (/domain/i.test(description)) return "wrongDomain";
    return "flowDisabled";
  }
  if (/^invalid_app_access|^invalid_app/.test(error) || /admin approved/i.test(description))
    return "notApproved";
  const known: Record<string, string> = {
    invalid_client_id: "unknownKey",
    invalid_client: "wrongSecret",
    unsupported_grant_type: "flowDisabled",
    inactive_user: "inactiveUser",
    inactive_org: "inactiveOrg",
    rate_limit_exceeded: "rateLimit",
  };
  return known[error] ?? (error === "" ? "noOAuthAnswer" : "otherRefusal");
}
