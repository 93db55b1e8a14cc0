import { randomBytes } from "node:crypto";
import type { JWTPayload } from "jose";
import { SignJWT } from "jose/jwt/sign";
import { jwtVerify } from "jose/jwt/verify";
import type { Org, OrgUser } from "../org.ts";
import { sessionTimeoutMinutes } from "./loginRestrictions.ts";
import { findOAuthApp, type OAuthApp } from "./oauthApp.ts";
import { fingerprint, publicJwk, signingAlgorithm, signingKeyOf } from "./signingKey.ts";

const minute = 60 * 1000;
const tokenType = "sfdc-core-token";

/** A token that is valid now, and what it stands for. Times are milliseconds since the epoch. */
export interface ValidToken {
  format: "jwt" | "opaque";
  user: OrgUser;
  /** Undefined for a login without an app. */
  consumerKey: string | undefined;
  scopes: string[];
  issuedAt: number;
  expiresAt: number | undefined;
}

/** Makes a session Id of a user and remembers it. Without an app, the session does not end by itself. */
export function issueOpaqueToken(org: Org, user: OrgUser, app?: OAuthApp): string {
  const now = org.behaviour.now();
  for (const [token, session] of org.sessions) {
    if (session.expiresAt !== undefined && session.expiresAt <= now) org.sessions.delete(token);
  }
  const minutes = app?.sessionTimeoutMinutes ?? sessionTimeoutMinutes(org, user);
  const token = `${org.id.slice(0, 15)}!AQEA${randomBytes(69).toString("base64url").replaceAll("-", ".")}`;
  org.sessions.set(token, {
    userId: user.id,
    consumerKey: app?.consumerKey,
    scopes: app?.scopes ?? ["full"],
    issuedAt: now,
    expiresAt: app ? now + minutes * minute : undefined,
  });
  return token;
}

/** The administrator's session that has no end: the stored one, or a new one. */
export function adminSession(org: Org, admin: OrgUser): string {
  for (const [token, { userId, expiresAt }] of org.sessions) {
    if (userId === admin.id && expiresAt === undefined) return token;
  }
  return issueOpaqueToken(org, admin);
}

/** Signs a JWT-based access token: the Run As user is its subject, the app's timeout its lifetime. */
export async function issueJwt(org: Org, user: OrgUser, app: OAuthApp): Promise<string> {
  const now = Math.floor(org.behaviour.now() / 1000);
  const claims = {
    scp: app.scopes.join(" "),
    aud: [org.myDomainUrl],
    sub: `uid:${user.id}`,
    nbf: now,
    mty: "oauth",
    sfi: randomBytes(32).toString("hex"),
    roles: [],
    iss: org.myDomainUrl,
    hsc: false,
    exp: now + (app.jwtTimeoutMinutes ?? sessionTimeoutMinutes(org, user)) * 60,
    iat: now,
    client_id: app.consumerKey,
  };
  return new SignJWT(claims)
    .setProtectedHeader({
      tnk: `core/${org.isSandbox ? "sandbox" : "prod"}/${org.id}`,
      ver: "1.0",
      kid: org.signingKey.keyId,
      tty: tokenType,
      typ: "JWT",
      alg: signingAlgorithm,
    })
    .sign(await signingKeyOf(org.signingKey));
}

/** Looks a token up: undefined if it is unknown, forged, expired or revoked, or if its user or app is gone. */
export async function validToken(org: Org, token: string): Promise<ValidToken | undefined> {
  const found = token.startsWith("00D") ? opaqueToken(org, token) : await jwtToken(org, token);
  if (!found?.user.isActive || found.user.isFrozen) return undefined;
  if (found.consumerKey !== undefined && !findOAuthApp(org, found.consumerKey)) return undefined;
  return found;
}

/** Revokes a token that is valid now, and says whether there was one. */
export async function revokeToken(org: Org, token: string): Promise<boolean> {
  const found = await validToken(org, token);
  if (!found) return false;
  if (found.format === "opaque") return org.sessions.delete(token);
  const now = org.behaviour.now();
  for (const [revoked, expiresAt] of org.revokedJwts) if (expiresAt <= now) org.revokedJwts.delete(revoked);
  org.revokedJwts.set(fingerprint(token), found.expiresAt ?? Number.POSITIVE_INFINITY);
  return true;
}

function opaqueToken(org: Org, token: string): ValidToken | undefined {
  const session = org.sessions.get(token);
  const user = org.users.find(({ id }) => id === session?.userId);
  if (!session || !user) return undefined;
  if (session.expiresAt !== undefined && session.expiresAt <= org.behaviour.now()) return undefined;
  return { format: "opaque", user, ...session };
}

async function jwtToken(org: Org, token: string): Promise<ValidToken | undefined> {
  const claims = await verifiedClaims(org, token);
  const user = org.users.find(({ id }) => claims?.sub === `uid:${id}`);
  if (!claims || !user || org.revokedJwts.has(fingerprint(token))) return undefined;
  return {
    format: "jwt",
    user,
    consumerKey: String(claims.client_id),
    scopes: String(claims.scp).split(" "),
    issuedAt: Number(claims.iat) * 1000,
    expiresAt: Number(claims.exp) * 1000,
  };
}

async function verifiedClaims(org: Org, token: string): Promise<JWTPayload | undefined> {
  try {
    const { payload, protectedHeader } = await jwtVerify(token, publicJwk(org.signingKey), {
      algorithms: [signingAlgorithm],
      issuer: org.myDomainUrl,
      audience: org.myDomainUrl,
      currentDate: new Date(org.behaviour.now()),
      typ: "JWT",
    });
    return protectedHeader.tty === tokenType ? payload : undefined;
  } catch {
    return undefined;
  }
}
