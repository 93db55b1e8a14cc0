import { connectedAppType } from "./connectedAppType.ts";
import { externalClientAppTypes } from "./externalClientApp/types.ts";
import type { MetadataType } from "./metadataType.ts";
import { orgSettingsType } from "./orgSettingsType.ts";
import { profileType } from "./profileType.ts";

/** The metadata types that a local org knows, in the order in which a deploy saves their components. */
export const metadataTypes: readonly MetadataType[] = [
  connectedAppType,
  ...externalClientAppTypes,
  profileType,
  orgSettingsType,
];

/** The type with this name, such as `ConnectedApp`. */
export function findMetadataType(xmlName: string): MetadataType | undefined {
  return metadataTypes.find(({ name }) => name === xmlName);
}
