import { elementPath } from "./fields.ts";
import type { Kind, MetadataFile } from "./kind.ts";
import type { XmlElement } from "./xmlElement.ts";

/** The elements of an app's files that no setting stands for, as paths such as `samlConfig/acsUrl`, each once. */
export function unknownElements(kind: Kind, files: readonly MetadataFile[]): string[] {
  const { consumer } = kind;
  const found = files.flatMap(({ component, content }) => {
    const known = [
      ...kind.fields
        .filter((field) => field.component === component.type)
        .flatMap(({ elements }) => elements),
      ...kind.constants
        .filter((constant) => constant.component === component.type)
        .map(({ element }) => [element]),
      ...(consumer.component === component.type ? [consumer.key, consumer.secret].map(elementPath) : []),
    ].map((path) => path.join("/"));
    return leavesOf(content, "").filter((path) => !known.includes(path));
  });
  return [...new Set(found)];
}

function leavesOf({ children }: XmlElement, parent: string): string[] {
  return children.flatMap((child) => {
    const path = parent === "" ? child.name : `${parent}/${child.name}`;
    return child.children.length === 0 ? [path] : leavesOf(child, path);
  });
}
