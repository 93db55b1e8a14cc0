/**
 * An element of a metadata file: it holds text or children. Metadata uses no attributes except namespaces on the root.
 */
export interface XmlElement {
  name: string;
  text: string;
  children: XmlElement[];
}

/** An element with text, or without. */
export function element(name: string, text = "", children: XmlElement[] = []): XmlElement {
  return { name, text, children };
}

/** The texts of all elements at `path` (names below `root`), in document order. */
export function textsAt(root: XmlElement, path: readonly string[]): string[] {
  return elementsAt(root, path).map((found) => found.text);
}

/** The elements at `path` below `root`, in document order. */
export function elementsAt(root: XmlElement, path: readonly string[]): XmlElement[] {
  return path.reduce(
    (parents, name) => parents.flatMap((parent) => parent.children.filter((child) => child.name === name)),
    [root],
  );
}

/** A copy of `root` in which the elements at `path` hold exactly `texts`, one element each; as `withElements`. */
export function withTexts(root: XmlElement, path: readonly string[], texts: readonly string[]): XmlElement {
  const name = path.at(-1) ?? "";
  return withElements(
    root,
    path,
    texts.map((text) => element(name, text)),
  );
}

/**
 * A copy of `root` in which exactly the given elements are at `path`, whose last name is theirs. Missing parents are
 * created. Everything else stays as it is.
 */
export function withElements(
  root: XmlElement,
  path: readonly string[],
  elements: readonly XmlElement[],
): XmlElement {
  const [name, ...rest] = path;
  if (name === undefined) return root;
  const others = root.children.filter((child) => child.name !== name);
  if (rest.length === 0) return { ...root, children: [...others, ...elements] };
  const existing = root.children.find((child) => child.name === name);
  if (existing === undefined && elements.length === 0) return root;
  return { ...root, children: [...others, withElements(existing ?? element(name), rest, elements)] };
}
