import type JSZip from "jszip";
import { reasonOf } from "../app/reasonOf.ts";
import { appNameOf } from "../metadata/componentNames.ts";
import type { ComponentType, MetadataFile } from "../metadata/kind.ts";
import { parseXml } from "../metadata/xmlText.ts";

/**
 * The files of the named apps in a retrieve's zip, by type and app. The zip may hold the parts of all apps in an org.
 * They are unpacked one after the other, and those of other apps are not kept.
 *
 * @throws Error that names the file that cannot be read
 */
export async function filesOfApps(
  zip: JSZip,
  components: readonly ComponentType[],
  appNames: ReadonlySet<string>,
): Promise<ReadonlyMap<string, MetadataFile>> {
  const files = new Map<string, MetadataFile>();
  for (const component of components) {
    for (const { path, fullName, read } of entriesOf(zip, component, appNames)) {
      const source = await read();
      if (!mayBeOf(source, component, appNames)) continue;
      const file = { component, fullName, content: contentOf(path, source) };
      const key = fileKey(component, appNameOf(file));
      if (!files.has(key)) files.set(key, file);
    }
  }
  return files;
}

/** The key of an app's component in the map of `filesOfApps`. */
export function fileKey({ type }: ComponentType, appName: string): string {
  return `${type} ${appName}`;
}

interface Entry {
  path: string;
  fullName: string;
  read(): Promise<string>;
}

/** The zip's files of one type. Depending on how the org packs, they are in `unpackaged/` or in no folder. */
function entriesOf(
  zip: JSZip,
  { folder, suffix, appElement }: ComponentType,
  appNames: ReadonlySet<string>,
): Entry[] {
  const pattern = new RegExp(`^(?:unpackaged/)?${folder}/([^/]+)\\.${suffix}$`);
  return zip.file(pattern).flatMap((file) => {
    const [, fullName = ""] = pattern.exec(file.name) ?? [];
    const isAsked = appElement !== undefined || appNames.has(fullName);
    return isAsked ? [{ path: file.name, fullName, read: () => file.async("string") }] : [];
  });
}

/** Whether it is worth parsing. If an org has many apps, most files belong to others. */
function mayBeOf(source: string, { appElement }: ComponentType, appNames: ReadonlySet<string>): boolean {
  if (appElement === undefined) return true;
  const [, name = ""] = new RegExp(`<(?:\\w+:)?${appElement}>\\s*([^<\\s]+)`).exec(source) ?? [];
  return appNames.has(name);
}

function contentOf(path: string, source: string) {
  try {
    return parseXml(source);
  } catch (error) {
    throw new Error(`${path}: ${reasonOf(error)}`);
  }
}
