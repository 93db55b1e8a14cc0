import type { Messages } from "@salesforce/core/messages";
import type { JWTPayload, ProtectedHeaderParameters } from "jose";
import type { Check, CheckId, CheckOutcome } from "../results/check.ts";

/** What a token has to say, and what to tell the user where it does not. */
export interface Expectation {
  myDomainUrl: string;
  consumerKey: string;
  /** Id of the Run As user; undefined where it could not be found out. */
  runAsUserId: string | undefined;
  runAs: string | undefined;
  /** By OAuth name. */
  scopes: readonly string[];
  /** Minutes; undefined where the spec does not say. */
  timeoutMinutes: number | undefined;
  /** Whether a deploy can set the timeout, or only Setup. */
  timeoutIsSetupOnly: boolean;
  appLabel: string;
}

/** The checks of a JWT's claims, each one line. Pure: the signature is checked elsewhere. */
export function claimChecks(payload: JWTPayload, expected: Expectation, messages: Messages<string>): Check[] {
  return [
    issuer(payload, expected, messages),
    client(payload, expected, messages),
    subject(payload, expected, messages),
    scopes(payload, expected, messages),
    lifetime(payload, expected, messages),
  ];
}

/** Whether the header is that of a JWT-based access token: RS256 and nothing else. */
export function headerCheck(header: ProtectedHeaderParameters, messages: Messages<string>): Check {
  const right = header.alg === "RS256";
  return check("jwt", right, messages.getMessage(right ? "jwt" : "jwt.algorithm", [String(header.alg)]));
}

export function check(
  id: CheckId,
  passed: boolean | CheckOutcome,
  detail: string,
  actions: string[] = [],
): Check {
  const outcome = typeof passed === "string" ? passed : passed ? "passed" : "failed";
  return { id, outcome, detail, actions };
}

function issuer(payload: JWTPayload, expected: Expectation, messages: Messages<string>): Check {
  const audiences = [payload.aud ?? []].flat();
  const right = payload.iss === expected.myDomainUrl && audiences.includes(expected.myDomainUrl);
  const found = [String(payload.iss), audiences.join(", "), expected.myDomainUrl];
  return right
    ? check("issuer", true, messages.getMessage("issuer", [expected.myDomainUrl]))
    : check(
        "issuer",
        false,
        messages.getMessage("issuer.wrong", found),
        messages.getMessages("issuer.wrong.actions"),
      );
}

function client(payload: JWTPayload, expected: Expectation, messages: Messages<string>): Check {
  const right = payload.client_id === expected.consumerKey;
  return right
    ? check("client", true, messages.getMessage("client", [shortKey(expected.consumerKey)]))
    : check(
        "client",
        false,
        messages.getMessage("client.wrong", [
          shortKey(String(payload.client_id)),
          shortKey(expected.consumerKey),
        ]),
      );
}

function subject(payload: JWTPayload, expected: Expectation, messages: Messages<string>): Check {
  const found = String(payload.sub).replace(/^uid:/, "");
  if (expected.runAsUserId === undefined) {
    return check("subject", "skipped", messages.getMessage("subject.unknown", [found]));
  }
  // An Id has a 15-character form and an 18-character form of the same meaning.
  const right = found.slice(0, 15) === expected.runAsUserId.slice(0, 15);
  const values = [found, expected.runAs ?? "", expected.runAsUserId];
  return right
    ? check("subject", true, messages.getMessage("subject", [expected.runAs ?? "", found]))
    : check(
        "subject",
        false,
        messages.getMessage("subject.wrong", values),
        messages.getMessages("subject.wrong.actions", [expected.appLabel]),
      );
}

function scopes(payload: JWTPayload, expected: Expectation, messages: Messages<string>): Check {
  const found = String(payload.scp ?? "")
    .split(" ")
    .filter((scope) => scope !== "");
  // Scopes that begin with a capital have no OAuth name that is known, so they cannot be looked for.
  const missing = expected.scopes.filter((scope) => /^[a-z]/.test(scope) && !found.includes(scope));
  return missing.length === 0
    ? check("scopes", true, messages.getMessage("scopes", [found.join(" ")]))
    : check("scopes", false, messages.getMessage("scopes.missing", [missing.join(" "), found.join(" ")]));
}

function lifetime(payload: JWTPayload, expected: Expectation, messages: Messages<string>): Check {
  const seconds = (payload.exp ?? Number.NaN) - (payload.iat ?? Number.NaN);
  if (!Number.isFinite(seconds)) return check("lifetime", false, messages.getMessage("lifetime.unknown"));
  const found = spoken(seconds);
  if (expected.timeoutMinutes === undefined) {
    return check("lifetime", true, messages.getMessage("lifetime.unmentioned", [found]));
  }
  const wanted = spoken(expected.timeoutMinutes * 60);
  if (seconds === expected.timeoutMinutes * 60)
    return check("lifetime", true, messages.getMessage("lifetime", [found]));
  return check(
    "lifetime",
    expected.timeoutIsSetupOnly ? "warning" : "failed",
    messages.getMessage("lifetime.wrong", [found, wanted]),
    expected.timeoutIsSetupOnly ? messages.getMessages("lifetime.setup", [expected.appLabel, wanted]) : [],
  );
}

function spoken(seconds: number): string {
  if (seconds % 60 !== 0) return `${seconds} seconds`;
  return seconds === 60 ? "1 minute" : `${seconds / 60} minutes`;
}

/** Enough of a consumer key to recognise it by. */
function shortKey(key: string): string {
  return key.length > 12 ? `${key.slice(0, 8)}…` : key;
}
