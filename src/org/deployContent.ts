import type { MetadataFile } from "../metadata/kind.ts";

/** A component by metadata type and fullName. */
export interface ComponentName {
  type: string;
  fullName: string;
}

/** What a deploy does: the whole files of components, or only names of those that are to be deleted. */
export type DeployContent = { files: readonly MetadataFile[] } | { deletions: readonly ComponentName[] };

/** The components of a deploy by name. */
export function componentsOf(content: DeployContent): ComponentName[] {
  return "files" in content
    ? content.files.map(({ component: { type }, fullName }) => ({ type, fullName }))
    : [...content.deletions];
}
