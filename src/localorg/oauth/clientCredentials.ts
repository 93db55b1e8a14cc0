import { createHmac } from "node:crypto";
import type { Context } from "hono";
import type { Org, OrgUser } from "../org.ts";
import { hasPermission } from "../userPermissions.ts";
import { issueJwt, issueOpaqueToken } from "./accessToken.ts";
import { authenticateClient, parametersOf } from "./clientAuthentication.ts";
import type { OAuthApp } from "./oauthApp.ts";
import { OAuthError } from "./oauthError.ts";

const hour = 60 * 60 * 1000;

/**
 * Answers a request to the token endpoint. The client credentials flow is the only one that a local org has.
 *
 * @param changed Called when the org has got a new session.
 * @throws OAuthError if the request is refused
 * @see https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm
 */
export async function answerTokenRequest(
  org: Org,
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
  const app = authenticateClient(org, context, parameters);
  if (parameters.has("scope")) throw new OAuthError("invalid_request", "scope parameter not supported");
  if (!app.clientCredentialsEnabled) {
    throw new OAuthError("invalid_grant", "client credentials flow not enabled");
  }
  const user = runAsUser(org, app);
  refuseUnapproved(org, app, user);
  refuseTooMany(org, user);
  const answer = await issueToken(org, app, user);
  // A JWT leaves nothing behind in the org; an opaque token is a session.
  if (!app.issuesJwt) changed();
  return answer;
}

function runAsUser(org: Org, app: OAuthApp): OrgUser {
  const user = org.users.find(({ username }) => username === app.runAsUsername?.toLowerCase());
  if (!user?.isActive || user.isFrozen || !hasPermission(org, user, "ApiEnabled")) {
    throw new OAuthError("invalid_grant", "no client credentials user enabled");
  }
  return user;
}

function refuseUnapproved(org: Org, app: OAuthApp, user: OrgUser): void {
  if (!app.adminApprovedUsersOnly || app.profiles.includes(user.profileName)) return;
  const assigned = org.permissionSets.filter(({ name }) => user.permissionSets.includes(name));
  if (
    assigned.some(({ name, label }) => app.permissionSets.some((given) => given === name || given === label))
  )
    return;
  throw new OAuthError("invalid_app_access", "user is not admin approved to access this app");
}

function refuseTooMany(org: Org, user: OrgUser): void {
  const limit = org.behaviour.tokenRequestsPerHour;
  if (limit === 0) return;
  const now = org.behaviour.now();
  const recent = (org.tokenRequests.get(user.id) ?? []).filter((time) => time > now - hour);
  if (recent.length >= limit) throw new OAuthError("rate_limit_exceeded", "login rate exceeded");
  org.tokenRequests.set(user.id, [...recent, now]);
}

async function issueToken(org: Org, app: OAuthApp, user: OrgUser): Promise<Record<string, unknown>> {
  const issuedAt = String(org.behaviour.now());
  // In reality the Id is on login.salesforce.com; here it must lead to this org.
  const id = `${org.myDomainUrl}/id/${org.id}/${user.id}`;
  const answer = {
    access_token: app.issuesJwt ? await issueJwt(org, user, app) : issueOpaqueToken(org, user, app),
    signature: createHmac("sha256", app.consumerSecret)
      .update(id + issuedAt)
      .digest("base64"),
    scope: app.scopes.join(" "),
    instance_url: org.myDomainUrl,
    id,
    token_type: "Bearer",
    issued_at: issuedAt,
  };
  if (!app.issuesJwt) return answer;
  const apiInstanceUrl = org.isSandbox ? "https://test.api.salesforce.com" : "https://api.salesforce.com";
  return { ...answer, token_format: "jwt", api_instance_url: apiInstanceUrl };
}
