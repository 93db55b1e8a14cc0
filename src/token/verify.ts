import { setTimeout as pause } from "node:timers/promises";
import { decodeJwt, decodeProtectedHeader } from "jose";
import type { Consumer } from "../app/consumer.ts";
import { messagesOf } from "../messages.ts";
import { type Check, type Verification, verificationOf } from "../results/check.ts";
import { cpqApiCheck, restApiCheck } from "./apiChecks.ts";
import { check, claimChecks, type Expectation, headerCheck } from "./jwtChecks.ts";
import { mayPass, meaningOf } from "./refusals.ts";
import { signatureCheck } from "./signature.ts";
import { type IssuedToken, requestToken, type TokenRefusal } from "./tokenRequest.ts";

/** What a verification asks, and how long it may wait for an app to propagate. */
export interface VerificationRequest {
  expected: Expectation;
  consumer: Consumer;
  apiVersion: string;
  cpq: { url: string; path: string | undefined } | undefined;
  /** Whether the app should issue JWTs at all. */
  jwtWanted: boolean;
  /** Milliseconds since the epoch after which a refusal counts as final. */
  deadline: number;
  /** Called before each further try, with the refusal and the seconds until then. */
  onWait(refusal: TokenRefusal, seconds: number): void;
}

/**
 * Proves an app right: asks for a token as a caller would, then checks it from all sides.
 *
 * @throws SfError `UnreachableError` where the token endpoint cannot be reached
 */
export async function verify(wanted: VerificationRequest): Promise<Verification> {
  const messages = messagesOf("token");
  const answer = await requestUntilPropagated(wanted);
  if (!answer.issued) {
    const { status, error, description } = answer;
    const meaning = meaningOf(answer);
    const detail = messages.getMessage(`refusal.${meaning}`);
    const orgText = messages.getMessage("refusal.orgText", [
      String(status),
      [error, description].filter(Boolean).join(": "),
    ]);
    const { runAs, appLabel } = wanted.expected;
    const actions = messages.getMessages(`refusal.${meaning}.actions`, [
      appLabel,
      runAs ?? "the Run As user",
    ]);
    return verificationOf([check("token", false, `${detail} ${orgText}`, actions)]);
  }
  const token = check("token", true, messages.getMessage("token"));
  return verificationOf([token, ...(await tokenChecks(answer, wanted))]);
}

/** The verification of an app whose secret nobody here knows, and why. */
export function unverifiable({ reason, actions }: { reason: string; actions: string[] }): Verification {
  return verificationOf([check("token", "unverified", reason, actions)]);
}

async function requestUntilPropagated(wanted: VerificationRequest): Promise<IssuedToken | TokenRefusal> {
  for (let seconds = 1; ; seconds = Math.min(seconds * 2, 30)) {
    const answer = await requestToken(wanted.expected.myDomainUrl, wanted.consumer);
    if (answer.issued || !mayPass(answer) || Date.now() + seconds * 1000 > wanted.deadline) return answer;
    wanted.onWait(answer, seconds);
    await pause(seconds * 1000);
  }
}

async function tokenChecks({ accessToken }: IssuedToken, wanted: VerificationRequest): Promise<Check[]> {
  const messages = messagesOf("token");
  const { expected, cpq } = wanted;
  const apis = [
    restApiCheck(accessToken, expected.myDomainUrl, wanted.apiVersion, messages),
    ...(cpq === undefined ? [] : [cpqApiCheck(accessToken, cpq.url, cpq.path, messages)]),
  ];
  if (!isJwt(accessToken)) {
    const opaque = wanted.jwtWanted
      ? check(
          "jwt",
          false,
          messages.getMessage("jwt.opaque"),
          messages.getMessages("jwt.opaque.actions", [expected.appLabel]),
        )
      : check("jwt", "skipped", messages.getMessage("jwt.notWanted"));
    return [opaque, ...(await Promise.all(apis))];
  }
  const [signature, ...apiResults] = await Promise.all([
    signatureCheck(accessToken, expected.myDomainUrl, messages),
    ...apis,
  ]);
  const header = headerCheck(decodeProtectedHeader(accessToken), messages);
  return [header, signature, ...claimChecks(decodeJwt(accessToken), expected, messages), ...apiResults];
}

function isJwt(token: string): boolean {
  try {
    decodeProtectedHeader(token);
    decodeJwt(token);
    return true;
  } catch {
    return false;
  }
}
