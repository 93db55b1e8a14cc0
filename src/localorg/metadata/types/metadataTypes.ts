import { CONNECTED_APP_TYPE } from "./connectedAppType.ts";
import { EXTERNAL_CLIENT_APP_TYPES } from "./externalClientAppTypes.ts";
import type { MetadataType } from "./metadataType.ts";

/** The metadata types that a local org knows, in the order in which a deploy saves their components. */
export const METADATA_TYPES: readonly MetadataType[] = [CONNECTED_APP_TYPE, ...EXTERNAL_CLIENT_APP_TYPES];

/** The type with this name, such as `ConnectedApp`. */
export function findMetadataType(xmlName: string): MetadataType | undefined {
  return METADATA_TYPES.find(({ name }) => name === xmlName);
}
