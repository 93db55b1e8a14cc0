import type { XmlElement } from "../../src/localorg/metadata/xmlElement.ts";
import type { Org } from "../../src/localorg/org.ts";

/** Both kinds of app, for tables of tests. */
export const kindNames = ["ConnectedApp", "ExternalClientApp"] as const;
export type KindName = (typeof kindNames)[number];

/** What the org itself knows of an app, of whichever kind. */
export interface AppInOrg {
  consumerKey: string;
  consumerSecret: string;
  modifiedAt: number;
  /** The texts of all elements of that name in the app's metadata. */
  texts(elementName: string): string[];
}

/** Looks behind the org. */
export function appInOrg(org: Org, kind: KindName, name: string): AppInOrg | undefined {
  if (kind === "ConnectedApp") {
    const app = org.connectedApps.get(name);
    return app && { ...app, texts: (elementName) => textsOf([app.content], elementName) };
  }
  const parts = [...org.components.values()]
    .flatMap((components) => [...components.values()])
    .filter(
      ({ fullName, content }) =>
        fullName === name || textsOf([content], "externalClientApplication").includes(name),
    );
  const consumer = parts.find((part) => part.consumer)?.consumer;
  return (
    consumer && {
      ...consumer,
      modifiedAt: Math.max(...parts.map(({ modifiedAt }) => modifiedAt)),
      texts: (elementName) =>
        textsOf(
          parts.map(({ content }) => content),
          elementName,
        ),
    }
  );
}

/** Lets consumer secrets be read by REST, as an administrator does in Setup, or not. */
export function allowCredentialAccess(org: Org, allowed: boolean): void {
  setOrgSetting(org, "ExternalClientApp", "enableClientSecretInRestApiAccess", allowed);
}

/** Lets only apps be used whose users an administrator approves, or any: API Access Control. */
export function requireApprovedApps(org: Org, required: boolean): void {
  setOrgSetting(org, "ConnectedApp", "enableAdminApprovedAppsOnly", required);
}

function setOrgSetting(org: Org, fullName: string, name: string, on: boolean): void {
  const settings = org.components.get("Settings") ?? new Map();
  const now = org.behaviour.now();
  const setting: XmlElement = { name, text: String(on), children: [] };
  settings.set(fullName, {
    id: `${fullName}Settings`,
    fullName,
    content: { name: `${fullName}Settings`, text: "", children: [setting] },
    createdAt: now,
    createdById: org.users[0]?.id ?? "",
    modifiedAt: now,
    modifiedById: org.users[0]?.id ?? "",
  });
  org.components.set("Settings", settings);
}

function textsOf(elements: readonly XmlElement[], name: string): string[] {
  return elements.flatMap((element) => [
    ...(element.name === name ? [element.text] : []),
    ...textsOf(element.children, name),
  ]);
}
