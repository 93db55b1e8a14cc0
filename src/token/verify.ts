import { setTimeout as pause } from "node:timers/promises";
import type { JWTPayload } from "jose";
import { decodeProtectedHeader } from "jose/decode/protected_header";
import { decodeJwt } from "jose/jwt/decode";
import type { Consumer } from "../app/consumer.ts";
import { messagesOf } from "../messages.ts";
import type { Check, LoginLog, Verification } from "../results/check.ts";
import { SfError } from "../sfError.ts";
import { cpqApiCheck, restApiCheck } from "./apiChecks.ts";
import { checkOf, verificationOf } from "./checks.ts";
import type { CpqProbe } from "./cpqApi.ts";
import type { Expectation } from "./expectation.ts";
import { claimChecks, headerCheck } from "./jwtChecks.ts";
import { beginReadingKeys, type OrgKeys } from "./publishedKeys.ts";
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
  cpq: CpqProbe | undefined;
  /** An admin API key of the vendor, with which the same is read, so that both ways can be compared. */
  cpqApiKey?: string | undefined;
  /** The org's keys, if reading them has begun already. */
  keys?: OrgKeys | undefined;
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
  { expected, cpq, cpqApiKey, apiVersion, jwtWanted, keys }: VerificationRequest,
): Promise<Check[]> {
  const { myDomainUrl } = expected;
  const claims = claimsOf(accessToken);
  const restApi = restApiCheck(accessToken, myDomainUrl, restPath(expected, apiVersion, claims));
  const apis = Promise.all([
    restApi.then(({ check }) => check),
    ...(cpq === undefined ? [] : [cpqApiCheck(accessToken, "token", cpq)]),
    ...(cpq === undefined || cpqApiKey === undefined ? [] : [cpqApiCheck(cpqApiKey, "key", cpq)]),
  ]);
  if (claims === undefined) return [opaqueCheck(expected, jwtWanted), ...(await apis)];
  const [signature, apiResults, { json }] = await Promise.all([
    signatureCheck(accessToken, myDomainUrl, keys ?? beginReadingKeys(myDomainUrl)),
    apis,
    restApi,
  ]);
  const found = { ...expected, tokenUsername: usernameIn(json) };
  const header = headerCheck(decodeProtectedHeader(accessToken));
  return [header, signature, ...claimChecks(claims, found, clock), ...apiResults];
}

/** The list of resources is the cheapest read. If nobody has said which Id the Run As user has, the user's own name is read. */
function restPath(
  { runAs, runAsUserId }: Expectation,
  apiVersion: string,
  claims: JWTPayload | undefined,
): string {
  const resources = `/services/data/v${apiVersion}/`;
  const [, id] = /^uid:([A-Za-z0-9]{15,18})$/.exec(String(claims?.sub)) ?? [];
  if (runAs === undefined || runAsUserId !== undefined || id === undefined) return resources;
  return `${resources}query?q=${encodeURIComponent(`SELECT Username FROM User WHERE Id = '${id}'`)}`;
}

function usernameIn(json: unknown): string | undefined {
  const { records } = (json ?? {}) as { records?: { Username?: unknown }[] };
  const username = Array.isArray(records) ? records[0]?.Username : undefined;
  return typeof username === "string" ? username : undefined;
}

function opaqueCheck({ kind, appLabel }: Expectation, jwtWanted: boolean): Check {
  if (!jwtWanted) return checkOf("jwt", "skipped", messages.getMessage("jwt.notWanted"));
  const place = setupPlaces(kind, appLabel).settings;
  const actions = messages.getMessages("jwt.opaque.actions", [place]);
  return checkOf("jwt", "failed", messages.getMessage("jwt.opaque"), actions);
}

/** Undefined if the token is opaque. */
function claimsOf(token: string): JWTPayload | undefined {
  try {
    decodeProtectedHeader(token);
    return decodeJwt(token);
  } catch {
    return undefined;
  }
}
