import type { MetadataFile } from "./kind.ts";
import { formatXml } from "./xmlText.ts";

/** A file of a package directory in source format; `path` is relative, with forward slashes. */
export interface SourceFile {
  path: string;
  content: string;
}

/** The files in source format, such as `connectedApps/NAME.connectedApp-meta.xml`. */
export function toSourceFiles(files: readonly MetadataFile[]): SourceFile[] {
  return files.map((file) => ({ path: sourcePath(file), content: formatXml(file.content) }));
}

/** The path of a component's file in a package directory. */
export function sourcePath({ component, fullName }: Pick<MetadataFile, "component" | "fullName">): string {
  return `${component.folder}/${fullName}.${component.suffix}-meta.xml`;
}
