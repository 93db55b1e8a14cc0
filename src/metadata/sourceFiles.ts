import type { MetadataFile } from "./kind.ts";
import { formatXml } from "./xmlText.ts";

/** A file of a package directory in source format; `path` is relative, with forward slashes. */
export interface SourceFile {
  path: string;
  content: string;
}

/** The files in source format, such as `connectedApps/NAME.connectedApp-meta.xml`. */
export function toSourceFiles(files: readonly MetadataFile[]): SourceFile[] {
  return files.map(({ component, fullName, content }) => ({
    path: `${component.folder}/${fullName}.${component.suffix}-meta.xml`,
    content: formatXml(content),
  }));
}
