import type { JWTPayload, ProtectedHeaderParameters } from "jose";
import { messagesOf } from "../messages.ts";
import type { Check } from "../results/check.ts";
import { checkOf } from "./checks.ts";
import type { Clock } from "./clock.ts";
import type { Expectation } from "./expectation.ts";
import { scopeCheck } from "./scopeCheck.ts";
import { setupPlaces } from "./setupPlaces.ts";
import { lifetimeCheck, validityCheck } from "./timeChecks.ts";

const messages = messagesOf("token");

/** The checks of a JWT's claims, each one line. Pure: the signature is checked elsewhere. */
export function claimChecks(payload: JWTPayload, expected: Expectation, clock: Clock): Check[] {
  return [
    issuer(payload, expected),
    client(payload, expected),
    subject(payload, expected),
    scopeCheck(payload, expected),
    lifetimeCheck(payload, expected),
    validityCheck(payload, clock),
  ];
}

/** Whether the header is that of a JWT-based access token: RS256 and nothing else. */
export function headerCheck({ alg }: ProtectedHeaderParameters): Check {
  return alg === "RS256"
    ? checkOf("jwt", "passed", messages.getMessage("jwt", [alg]))
    : checkOf(
        "jwt",
        "failed",
        messages.getMessage("jwt.algorithm", [String(alg)]),
        messages.getMessages("forged.actions"),
      );
}

function issuer(payload: JWTPayload, { myDomainUrl }: Expectation): Check {
  const audiences = [payload.aud ?? []].flat();
  if (payload.iss === myDomainUrl && audiences.includes(myDomainUrl))
    return checkOf("issuer", "passed", messages.getMessage("issuer", [myDomainUrl]));
  return checkOf(
    "issuer",
    "failed",
    messages.getMessage("issuer.wrong", [String(payload.iss), audiences.join(", "), myDomainUrl]),
    messages.getMessages("issuer.wrong.actions"),
  );
}

function client({ client_id: found }: JWTPayload, { consumerKey }: Expectation): Check {
  const wanted = shortKey(consumerKey);
  return found === consumerKey
    ? checkOf("client", "passed", messages.getMessage("client", [wanted]))
    : checkOf(
        "client",
        "failed",
        messages.getMessage("client.wrong", [shortKey(String(found)), wanted]),
        messages.getMessages("client.wrong.actions"),
      );
}

function subject(payload: JWTPayload, expected: Expectation): Check {
  const { kind, appLabel, runAs, runAsUserId, tokenUsername } = expected;
  const found = String(payload.sub).replace(/^uid:/, "");
  if (runAs === undefined)
    return checkOf("subject", "skipped", messages.getMessage("subject.unknown", [found]));
  const wrong = (detail: string) =>
    checkOf(
      "subject",
      "failed",
      detail,
      messages.getMessages("subject.wrong.actions", [setupPlaces(kind, appLabel).policies]),
    );
  if (runAsUserId !== undefined) {
    // An Id has a 15-character form and an 18-character form with the same meaning.
    return found.slice(0, 15) === runAsUserId.slice(0, 15)
      ? checkOf("subject", "passed", messages.getMessage("subject", [runAs, found]))
      : wrong(messages.getMessage("subject.wrong", [found, runAs, runAsUserId]));
  }
  if (tokenUsername === undefined)
    return checkOf("subject", "unverified", messages.getMessage("subject.unnamed", [found, runAs]));
  return tokenUsername.toLowerCase() === runAs.toLowerCase()
    ? checkOf("subject", "passed", messages.getMessage("subject", [tokenUsername, found]))
    : wrong(messages.getMessage("subject.other", [tokenUsername, found, runAs]));
}

/** The beginning of a consumer key, enough to recognise it. */
function shortKey(key: string): string {
  return key.length > 12 ? `${key.slice(0, 8)}…` : key;
}
