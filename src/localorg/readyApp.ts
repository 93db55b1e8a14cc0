import { administrator } from "./administrator.ts";
import { newConsumerKey, newConsumerSecret } from "./metadata/types/consumerCredentials.ts";
import { textElement } from "./metadata/types/elements.ts";
import { metadataScopeOf } from "./oauth/scopes.ts";
import type { Org, OrgConnectedApp } from "./org.ts";
import { newId } from "./salesforceId.ts";

/** A connected app that gives tokens by the client credentials flow as soon as the org runs. */
export interface ReadyApp {
  /** API name. */
  name: string;
  /** Username of the Run As user, one of the org's; `cpq.integration@example.com` without it. */
  runAs?: string;
  /** OAuth scopes; `["api"]` without it. */
  scopes?: readonly string[];
  /** Minutes that its JWTs are valid; 30 without it. */
  timeoutMinutes?: number;
}

/** What its callers need: the token endpoint of the org takes them. */
export interface AppCredentials {
  /** API name of the app. */
  name: string;
  /** Consumer key. */
  clientId: string;
  /** Consumer secret. */
  clientSecret: string;
}

/**
 * Puts an app into an org, as a deploy would. All users may use it.
 *
 * @throws Error if the org has no such user, or there is no such scope
 */
export function installReadyApp(org: Org, app: ReadyApp): AppCredentials {
  const { name, runAs = "cpq.integration@example.com", scopes = ["api"], timeoutMinutes = 30 } = app;
  if (!org.users.some(({ username }) => username === runAs))
    throw new Error(`The org ${org.name} has no user ${runAs}.`);
  const now = org.behaviour.now();
  const oauthConfig = [
    textElement("callbackUrl", "https://example.com/callback"),
    textElement("isAdminApproved", "false"),
    textElement("isClientCredentialEnabled", "true"),
    textElement("isNamedUserJwtEnabled", "true"),
    textElement("oauthClientCredentialUser", runAs),
    ...scopes.map((scope) => textElement("scopes", metadataScopeOf(scope))),
  ];
  const oauthPolicy = [textElement("ipRelaxation", "ENFORCE"), textElement("refreshTokenPolicy", "zero")];
  const children = [
    textElement("contactEmail", "platform@example.com"),
    textElement("label", name),
    { name: "oauthConfig", text: "", children: oauthConfig },
    { name: "oauthPolicy", text: "", children: oauthPolicy },
  ];
  const { id: createdById } = administrator(org);
  const added: OrgConnectedApp = {
    id: newId("0H4"),
    name,
    content: { name: "ConnectedApp", text: "", children },
    consumerKey: newConsumerKey(),
    consumerSecret: newConsumerSecret(),
    jwtTimeoutMinutes: timeoutMinutes,
    createdAt: now,
    createdById,
    modifiedAt: now,
    modifiedById: createdById,
  };
  org.connectedApps.set(name, added);
  return { name, clientId: added.consumerKey, clientSecret: added.consumerSecret };
}
