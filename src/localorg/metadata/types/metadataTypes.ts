import { CONNECTED_APP_TYPE } from "./connectedAppType.ts";
import type { MetadataType } from "./metadataType.ts";

/** The metadata types that a local org knows. */
export const METADATA_TYPES: readonly MetadataType[] = [CONNECTED_APP_TYPE];

/** The type with this name, such as `ConnectedApp`. */
export function findMetadataType(xmlName: string): MetadataType | undefined {
  return METADATA_TYPES.find(({ schema }) => schema.name === xmlName);
}
