import type { XmlElement } from "../../src/localorg/metadata/xmlElement.ts";
import type { Org, OrgConnectedApp } from "../../src/localorg/org.ts";
import { newId } from "../../src/localorg/salesforceId.ts";

/** Elements of a connected app: text, or elements within, or several of one name. */
export interface Elements {
  [name: string]: string | string[] | Elements;
}

export const consumerKey = "cpqConsumerKey0001";
export const consumerSecret = "cpqConsumerSecret0001";

/** A connected app for the client credentials flow with JWTs, run as the integration user. */
export const cpqApp = {
  contactEmail: "platform@example.com",
  label: "CPQ Admin API",
  oauthConfig: {
    callbackUrl: "https://login.example.com/services/oauth2/success",
    isAdminApproved: "true",
    isClientCredentialEnabled: "true",
    isNamedUserJwtEnabled: "true",
    oauthClientCredentialUser: "cpq.integration@example.com",
    scopes: ["Api", "RefreshToken"],
  },
  oauthPolicy: { ipRelaxation: "ENFORCE", refreshTokenPolicy: "zero" },
  permissionSetName: "CPQ Integration",
} satisfies Elements;

/** The app above with other OAuth settings. */
export function withOAuth(settings: Elements): Elements {
  return { ...cpqApp, oauthConfig: { ...cpqApp.oauthConfig, ...settings } };
}

/** Puts an app into an org, as a deploy would; an app of the same name is replaced. */
export function addConnectedApp(org: Org, elements: Elements, app: Partial<OrgConnectedApp> = {}) {
  const now = org.behaviour.now();
  const added: OrgConnectedApp = {
    id: newId("0H4"),
    name: "CPQ_Admin_API",
    content: { name: "ConnectedApp", text: "", children: childrenOf(elements) },
    consumerKey: consumerKey,
    consumerSecret: consumerSecret,
    jwtTimeoutMinutes: 30,
    createdAt: now,
    createdById: org.users[0]?.id ?? "",
    modifiedAt: now,
    modifiedById: org.users[0]?.id ?? "",
    ...app,
  };
  org.connectedApps.set(added.name, added);
  return added;
}

function childrenOf(elements: Elements): XmlElement[] {
  return Object.entries(elements).flatMap(([name, value]): XmlElement[] => {
    if (Array.isArray(value)) return value.map((text) => ({ name, text, children: [] }));
    if (typeof value === "string") return [{ name, text: value, children: [] }];
    return [{ name, text: "", children: childrenOf(value) }];
  });
}
