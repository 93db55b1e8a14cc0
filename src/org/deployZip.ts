import JSZip from "jszip";
import { element } from "../metadata/xmlElement.ts";
import { formatXml } from "../metadata/xmlText.ts";
import { type ComponentName, componentsOf, type DeployContent } from "./deployContent.ts";

/**
 * A deploy as the Metadata API takes it, made in memory: files may hold a consumer secret, which must not touch the disk.
 *
 * @param version of the API, such as `67.0`, in whose shape the files are
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/file_based_zip_file.htm
 */
export function deployZip(content: DeployContent, version: string): Promise<Buffer> {
  const zip = new JSZip();
  const manifest = (names: readonly ComponentName[]) => formatXml(packageOf(names, version));
  if ("files" in content) {
    zip.file("package.xml", manifest(componentsOf(content)));
    for (const { component, fullName, content: xml } of content.files)
      zip.file(`${component.folder}/${fullName}.${component.suffix}`, formatXml(xml));
  } else {
    zip.file("package.xml", manifest([]));
    zip.file("destructiveChangesPost.xml", manifest(content.deletions));
  }
  return zip.generateAsync({ type: "nodebuffer", compression: "DEFLATE" });
}

function packageOf(names: readonly ComponentName[], version: string) {
  const types = [...Map.groupBy(names, ({ type }) => type)].map(([type, members]) =>
    element("types", "", [
      ...members.map(({ fullName }) => element("members", fullName)),
      element("name", type),
    ]),
  );
  return element("Package", "", [...types, element("version", version)]);
}
