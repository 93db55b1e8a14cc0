import type { Settings } from "../app/settings.ts";
import type { Kind, MetadataFile } from "./kind.ts";
import { elementsAt, textsAt, type XmlElement } from "./xmlElement.ts";

/**
 * The elements that hold something but are in no setting, not even as other metadata: paths such as `attributes/isNew`.
 * This happens if a codec cannot make sense of an element, or if a record has an additional element.
 */
export function unreadElements(kind: Kind, files: readonly MetadataFile[], settings: Settings): string[] {
  const paths = files.flatMap(({ component, content }) =>
    kind.fields
      .filter((field) => field.component === component.type && !("isPresence" in field))
      .flatMap((field) =>
        field.elements.flatMap((path) => {
          if ("recordCodec" in field)
            return elementsAt(content, path).flatMap((found) =>
              unknownChildren(found, field.recordCodec.children, path),
            );
          const isLost =
            settings[field.setting] === undefined &&
            textsAt(content, path).some((text) => text.trim() !== "");
          return isLost ? [path.join("/")] : [];
        }),
      ),
  );
  return [...new Set(paths)];
}

function unknownChildren(
  { children }: XmlElement,
  known: readonly string[],
  path: readonly string[],
): string[] {
  return children.filter(({ name }) => !known.includes(name)).map(({ name }) => [...path, name].join("/"));
}
