import type { XmlElement } from "./metadata/xmlElement.ts";
import type { OrgComponent, OrgComponents, OrgStagedCredentials } from "./org.ts";

const stagedLifetime = 30 * 24 * 60 * 60 * 1000;

/** The name of the application that a part belongs to. Nothing else ties the two: part names are free. */
export function applicationOf(content: XmlElement): string {
  return content.children.find(({ name }) => name === "externalClientApplication")?.text.trim() ?? "";
}

/** The part of a type that belongs to an application. Each has one at most. */
export function partOf(
  components: OrgComponents,
  typeName: string,
  application: string,
): OrgComponent | undefined {
  const parts = [...(components.get(typeName)?.values() ?? [])];
  return parts.find(({ content }) => applicationOf(content) === application);
}

/** When credentials in the staged slot end, in milliseconds since the epoch. */
export function expiresAt({ changedAt }: OrgStagedCredentials): number {
  return changedAt + stagedLifetime;
}
