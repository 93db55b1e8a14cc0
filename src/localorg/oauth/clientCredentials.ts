import { createHmac } from "node:crypto";
import { getConnInfo } from "@hono/node-server/conninfo";
import type { Context } from "hono";
import type { Org, OrgLogin, OrgUser } from "../org.ts";
import { newId } from "../salesforceId.ts";
import { issueJwt, issueOpaqueToken } from "./accessToken.ts";
import { authenticateClient, clientOf, parametersOf } from "./clientAuthentication.ts";
import { findOAuthApp, type OAuthApp } from "./oauthApp.ts";
import { OAuthError } from "./oauthError.ts";
import { tokenScopes } from "./scopes.ts";
import { type Asking, appRefusalOf, refusalOf } from "./tokenRefusals.ts";

/** How many logins an org remembers. */
const maxLogins = 20_000;

const hour = 60 * 60 * 1000;

/**
 * Answers a request to the token endpoint. The client credentials flow is the only one that a local org has.
 *
 * @param allOrgs of this process, to which the app may belong
 * @param changed Called when the org has remembered the login.
 * @throws OAuthError if the request is refused
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
 */
export async function answerTokenRequest(
  org: Org,
  allOrgs: readonly Org[],
  context: Context,
  changed: () => void,
): Promise<Record<string, unknown>> {
  if (context.req.method !== "POST") throw new OAuthError("invalid_request", "must use HTTP POST");
  const parameters = await parametersOf(context);
  if (parameters.get("grant_type") !== "client_credentials" || org.behaviour.blockClientCredentialsFlow) {
    throw new OAuthError("unsupported_grant_type", "grant type not supported");
  }
  if (context.req.header("Host")?.toLowerCase() !== new URL(org.myDomainUrl).host) {
    throw new OAuthError("invalid_grant", "request not supported on this domain");
  }
  refuseForeignApp(org, allOrgs, clientOf(context, parameters).consumerKey);
  const app = authenticateClient(org, context, parameters);
  if (parameters.has("scope")) throw new OAuthError("invalid_request", "scope parameter not supported");
  const asking = { org, app, user: runAsUser(org, app), sourceIp: callerOf(context).sourceIp };
  const refusal = refusalOf(asking) ?? tooManyRequests(asking);
  recordLogin(asking, context, refusal?.loginStatus ?? "Success");
  try {
    if (refusal) throw new OAuthError(refusal.error, refusal.description);
    return await issueToken(asking);
  } finally {
    changed();
  }
}

/** An external client app that is not packaged works only in the org in which it was made. */
function refuseForeignApp(org: Org, allOrgs: readonly Org[], consumerKey: string): void {
  if (findOAuthApp(org, consumerKey)) return;
  if (!allOrgs.some((other) => findOAuthApp(other, consumerKey)?.isLocal)) return;
  throw new OAuthError(
    "OAUTH_AUTHORIZATION_BLOCKED",
    "Cross-org OAuth flows are not supported for this external client app",
  );
}

/** Without a known user, there is no login to remember. */
function runAsUser(org: Org, app: OAuthApp): OrgUser {
  const refusal = appRefusalOf(app);
  if (refusal) throw new OAuthError(refusal.error, refusal.description);
  const runAs = org.behaviour.otherRunAsUser ?? app.runAsUsername;
  const user = org.users.find(({ username }) => username === runAs?.toLowerCase());
  if (!user) throw new OAuthError("invalid_grant", "no client credentials user enabled");
  return user;
}

function tooManyRequests({ org, user }: Asking) {
  const limit = org.behaviour.tokenRequestsPerHour;
  if (limit === 0) return undefined;
  const now = org.behaviour.now();
  const recent = (org.tokenRequests.get(user.id) ?? []).filter((time) => time > now - hour);
  if (recent.length >= limit) {
    return {
      error: "rate_limit_exceeded",
      description: "login rate exceeded",
      loginStatus: "Failed: Login Rate Exceeded",
    };
  }
  org.tokenRequests.set(user.id, [...recent, now]);
  return undefined;
}

async function issueToken({ org, app: found, user }: Asking): Promise<Record<string, unknown>> {
  const app = org.behaviour.opaqueTokens ? { ...found, issuesJwt: false } : found;
  const issuedAt = String(org.behaviour.now());
  const scopes = tokenScopes(app.scopes);
  // In reality the Id is on login.salesforce.com; here it must lead to this org.
  const id = `${org.myDomainUrl}/id/${org.id}/${user.id}`;
  const answer = {
    access_token: await (app.issuesJwt ? issueJwt : issueOpaqueToken)(org, user, { ...app, scopes }),
    signature: createHmac("sha256", app.consumerSecret)
      .update(id + issuedAt)
      .digest("base64"),
    scope: scopes.join(" "),
    instance_url: org.myDomainUrl,
    id,
    token_type: "Bearer",
    issued_at: issuedAt,
  };
  if (!app.issuesJwt) return answer;
  const apiInstanceUrl = org.isSandbox ? "https://test.api.salesforce.com" : "https://api.salesforce.com";
  return { ...answer, token_format: "jwt", api_instance_url: apiInstanceUrl };
}

/** Where a request comes from. */
function callerOf(context: Context): Pick<OrgLogin, "sourceIp" | "forwardedForIp"> {
  const address = getConnInfo(context).remote.address ?? "";
  // An IPv4 client of an IPv6 socket.
  const sourceIp = address.replace(/^::ffff:(?=\d+\.)/, "");
  return { sourceIp, forwardedForIp: context.req.header("X-Forwarded-For") };
}

/** Remembers that somebody asked for a token in the name of a user. */
function recordLogin({ org, app, user }: Asking, context: Context, status: string): void {
  org.logins.push({
    id: newId("0Ya"),
    at: org.behaviour.now(),
    userId: user.id,
    application: app.label,
    status,
    ...callerOf(context),
  });
  if (org.logins.length > maxLogins) org.logins.shift();
}
