/**
 * The library `sf-plugin-cpq/token`: access tokens of the client credentials flow, for programs that call the CPQ admin
 * API. It loads neither oclif nor the Salesforce CLI's library.
 */

import { decodeJwt } from "jose/jwt/decode";
import type { KindName } from "../app/kindName.ts";
import { maySendSecrets } from "../app/thisMachine.ts";
import { messagesOf } from "../messages.ts";
import { SfError } from "../sfError.ts";
import { explainRefusal, type RefusedApp } from "./refusals.ts";
import { requestToken as requestAnswer } from "./tokenRequest.ts";

export type { KindName } from "../app/kindName.ts";

/** The app whose token is wanted. */
export interface TokenRequest {
  /** My Domain URL of the org, such as `https://acme.my.salesforce.com`. */
  instanceUrl: string;
  /** Consumer key. */
  clientId: string;
  /** Consumer secret. */
  clientSecret: string;
  /** Kind of app, for the places in Setup that next steps name; `ExternalClientApp` without it. */
  kind?: KindName;
  /** Label of the app, for next steps. */
  label?: string;
}

/** An access token. */
export interface AccessToken {
  /** What goes behind `Authorization: Bearer`. */
  accessToken: string;
  /** My Domain URL of the org that issued it. */
  instanceUrl: string;
  /** Undefined for an opaque token, which says nothing of itself. */
  issuedAt: Date | undefined;
  /** Undefined for an opaque token. */
  expiresAt: Date | undefined;
}

/** What a token has to say. What is not given is not compared. */
export interface TokenExpectation {
  /** Username of the Run As user. */
  runAs?: string;
  /** OAuth scopes of the app, such as `api`. */
  scopes?: readonly string[];
  /** Minutes that a token is valid. */
  timeoutMinutes?: number;
  /** Base URL of the CPQ tenant whose admin API has to take the token. */
  cpqUrl?: string;
  /** Of the org's REST API; 65.0 without it. */
  apiVersion?: string;
  /** Minutes to ask again while a refusal may pass, such as that of an app which is new; 0 without it. */
  waitMinutes?: number;
}

/** What a verification found. */
export interface Verification {
  /** `failed` if any check failed, else `unverified` if any could not be made. */
  outcome: "passed" | "failed" | "unverified";
  /** In the order in which they were made. */
  checks: readonly Check[];
}

/** One check of a verification. */
export interface Check {
  /** Stable name. */
  id: CheckId;
  /** Whether it passed. */
  outcome: CheckOutcome;
  /** What was found; never a token or a secret. */
  detail: string;
  /** What to do if the check did not pass. */
  actions: readonly string[];
}

/** What is checked: the request, the token itself, and the APIs that have to take it. */
export type CheckId =
  | "token"
  | "jwt"
  | "signature"
  | "issuer"
  | "client"
  | "subject"
  | "scopes"
  | "lifetime"
  | "validity"
  | "restApi"
  | "cpqApi"
  | "cpqApiKey";

/**
 * `unverified` should have been looked at and could not be, which says nothing of the app; a `warning` does not keep the
 * app from working; `skipped` had nothing to be compared with.
 */
export type CheckOutcome = "passed" | "failed" | "unverified" | "warning" | "skipped";

/**
 * Requests an access token.
 *
 * @throws Error with the name `TokenRefusedError`: its message says what the refusal means, its `actions` what to do
 * @throws Error with the name `UnreachableError` if the org gave no answer
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
 */
export async function requestToken(request: TokenRequest): Promise<AccessToken> {
  const org = originOf(request);
  const answer = await requestAnswer(org, { key: request.clientId, secret: request.clientSecret });
  if (answer.issued)
    return { accessToken: answer.accessToken, instanceUrl: org, ...timesOf(answer.accessToken) };
  const { detail, actions } = explainRefusal(answer, refusedApp(request));
  throw new SfError({ name: "TokenRefusedError", message: detail, actions });
}

/**
 * Proves that an app works: requests a token and checks it in every respect. What does not fit is in the result.
 *
 * @throws Error with the name `InvalidProxyError` if the environment names a proxy that is none
 */
export async function verifyToken(
  request: TokenRequest,
  expected: TokenExpectation = {},
): Promise<Verification> {
  const { verify } = await import("./verify.ts");
  const { kind, label, org } = refusedApp(request);
  return verify({
    expected: {
      myDomainUrl: org,
      kind,
      appLabel: label,
      consumerKey: request.clientId,
      runAs: expected.runAs,
      runAsUserId: undefined,
      scopes: expected.scopes,
      customScopes: [],
      timeoutMinutes: expected.timeoutMinutes,
      timeoutIsSetupOnly: false,
    },
    consumer: { key: request.clientId, secret: request.clientSecret },
    apiVersion: expected.apiVersion ?? "65.0",
    cpq: expected.cpqUrl === undefined ? undefined : { url: expected.cpqUrl, path: undefined },
    jwtWanted: true,
    deadline: Date.now() + (expected.waitMinutes ?? 0) * 60_000,
    onWait: () => {},
  });
}

/** Gives tokens out, and requests one only if it has to. */
export interface TokenProvider {
  /** A token that is good for at least a fifth of its lifetime. @throws as `requestToken` */
  (): Promise<string>;
  /** Forgets the token, for example if an API refused it with HTTP 401. */
  forget(): void;
}

/**
 * Keeps a token in memory while a fifth of its lifetime is left. Calls at the same time share one request. An opaque
 * token is requested for each call, since nobody knows its end.
 */
export function tokenProvider(request: TokenRequest): TokenProvider {
  let kept: { token: AccessToken; requestedAt: number } | undefined;
  let running: Promise<AccessToken> | undefined;
  const renew = async () => {
    const requestedAt = Date.now();
    const token = await requestToken(request);
    kept = { token, requestedAt };
    return token;
  };
  const provide = async () => {
    if (kept !== undefined && isGood(kept.token, kept.requestedAt)) return kept.token.accessToken;
    running ??= renew().finally(() => {
      running = undefined;
    });
    return (await running).accessToken;
  };
  return Object.assign(provide, {
    forget: () => {
      kept = undefined;
    },
  });
}

/** By the lifetime alone: the org's clock need not agree with that of this machine. */
function isGood({ issuedAt, expiresAt }: AccessToken, requestedAt: number): boolean {
  if (issuedAt === undefined || expiresAt === undefined) return false;
  const age = Date.now() - requestedAt;
  return age >= 0 && age < 0.8 * (expiresAt.getTime() - issuedAt.getTime());
}

function refusedApp(request: TokenRequest): RefusedApp {
  const { kind = "ExternalClientApp", label = messagesOf("token").getMessage("theApp") } = request;
  return { kind, label, runAs: undefined, org: originOf(request) };
}

/** @throws TypeError if it is no address; a secret goes to https only, except on this machine */
function originOf({ instanceUrl }: TokenRequest): string {
  const url = new URL(instanceUrl);
  if (!maySendSecrets(url)) throw new TypeError(`${instanceUrl} is not an https address.`);
  return url.origin;
}

function timesOf(token: string): Pick<AccessToken, "issuedAt" | "expiresAt"> {
  try {
    const { iat, exp } = decodeJwt(token);
    const time = (seconds: number | undefined) =>
      seconds === undefined ? undefined : new Date(seconds * 1000);
    return { issuedAt: time(iat), expiresAt: time(exp) };
  } catch {
    return { issuedAt: undefined, expiresAt: undefined };
  }
}
