import { setTimeout as pause } from "node:timers/promises";
import { decodeJwt, decodeProtectedHeader } from "jose";
import type { Consumer } from "../app/consumer.ts";
import { messagesOf } from "../messages.ts";
import { type Check, type LoginLog, type Verification, verificationOf } from "../results/check.ts";
import { SfError } from "../sfError.ts";
import { cpqApiCheck, restApiCheck } from "./apiChecks.ts";
import { checkOf } from "./checkOf.ts";
import type { Expectation } from "./expectation.ts";
import { claimChecks, headerCheck } from "./jwtChecks.ts";
import { explainRefusal, mayPass } from "./refusals.ts";
import { setupPlaces } from "./setupPlaces.ts";
import { signatureCheck } from "./signature.ts";
import { type IssuedToken, requestToken, type TokenAnswer, type TokenRefusal } from "./tokenRequest.ts";

const messages = messagesOf("token");

/** What a verification checks, and how long it may wait for an app to propagate. */
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
  /**
   * What the org logged about the Run As user since a time, in milliseconds since the epoch. It is asked only if a
   * token was refused.
   */
  readLogins?(since: number): Promise<LoginLog>;
}

/**
 * Proves that an app works: requests a token as a caller would, then checks it in every respect. A failure on the way
 * is also the result of a check.
 */
export async function verify(wanted: VerificationRequest): Promise<Verification> {
  let answer: TokenAnswer;
  try {
    answer = await requestUntilPropagated(wanted);
  } catch (error) {
    if (!(error instanceof SfError && error.name === "UnreachableError")) throw error;
    return verificationOf([checkOf("token", "unverified", error.message, error.actions)]);
  }
  if (!answer.issued) return verificationOf([await refusalCheck(answer, wanted)]);
  const token = checkOf("token", "passed", messages.getMessage("token"));
  return verificationOf([token, ...(await tokenChecks(answer, wanted))]);
}

/** The verification of an app whose secret is not known here, and why not. */
export function unverifiable({ reason, actions }: { reason: string; actions: string[] }): Verification {
  return verificationOf([checkOf("token", "unverified", reason, actions)]);
}

async function requestUntilPropagated(wanted: VerificationRequest): Promise<TokenAnswer> {
  for (let seconds = 1; ; seconds = Math.min(seconds * 2, 30)) {
    const answer = await requestToken(wanted.expected.myDomainUrl, wanted.consumer);
    if (answer.issued || !mayPass(answer) || Date.now() + seconds * 1000 > wanted.deadline) return answer;
    wanted.onWait(answer, seconds);
    await pause(seconds * 1000);
  }
}

async function refusalCheck(
  refusal: TokenRefusal,
  { expected, readLogins }: VerificationRequest,
): Promise<Check> {
  const { kind, appLabel: label, runAs, myDomainUrl: org } = expected;
  const { outcome, detail, actions } = explainRefusal(refusal, { kind, label, runAs, org });
  const check = checkOf("token", outcome, detail, actions);
  if (refusal.error === "" || readLogins === undefined) return check;
  return { ...check, logins: await readLogins(refusal.askedAt) };
}

async function tokenChecks(
  { accessToken, clock }: IssuedToken,
  { expected, cpq, apiVersion, jwtWanted }: VerificationRequest,
): Promise<Check[]> {
  const { myDomainUrl } = expected;
  const apis = [
    restApiCheck(accessToken, myDomainUrl, apiVersion),
    ...(cpq === undefined ? [] : [cpqApiCheck(accessToken, cpq.url, cpq.path)]),
  ];
  if (!isJwt(accessToken)) return [opaqueCheck(expected, jwtWanted), ...(await Promise.all(apis))];
  const [signature, ...apiResults] = await Promise.all([signatureCheck(accessToken, myDomainUrl), ...apis]);
  const claims = claimChecks(decodeJwt(accessToken), expected, clock);
  return [headerCheck(decodeProtectedHeader(accessToken)), signature, ...claims, ...apiResults];
}

function opaqueCheck({ kind, appLabel }: Expectation, jwtWanted: boolean): Check {
  if (!jwtWanted) return checkOf("jwt", "skipped", messages.getMessage("jwt.notWanted"));
  const place = setupPlaces(kind, appLabel).settings;
  const actions = messages.getMessages("jwt.opaque.actions", [place]);
  return checkOf("jwt", "failed", messages.getMessage("jwt.opaque"), actions);
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
