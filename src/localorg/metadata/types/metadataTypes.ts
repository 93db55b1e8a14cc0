import { connectedAppType } from "./connectedAppType.ts";
import { externalClientAppTypes } from "./externalClientAppTypes.ts";
import type { MetadataType } from "./metadataType.ts";

/** The metadata types that a local org knows, in the order in which a deploy saves their components. */
export const metadataTypes: readonly MetadataType[] = [connectedAppType, ...externalClientAppTypes];

/** The type with this name, such as `ConnectedApp`. */
export function findMetadataType(xmlName: string): MetadataType | undefined {
  return metadataTypes.find(({ name }) => name === xmlName);
}
