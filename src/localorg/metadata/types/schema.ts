/** What an element holds: text of a simple type, one of some words, or elements of its own. */
export type ElementType = "string" | "boolean" | "int" | EnumType | ComplexType;

/** A list of words; `name` is the enum's name in error messages. */
export interface EnumType {
  name: string;
  words: readonly string[];
  /** Whether an error message lists the words. */
  isListed?: boolean;
}

/** A type with elements, such as ConnectedApp or one of the types within it. */
export interface ComplexType {
  name: string;
  /** In the order of the published type. */
  elements: Record<string, ElementSchema>;
  /** Whether an element is lost silently if it stands after one that should follow it. */
  losesMisplaced?: boolean;
}

/** One element of a complex type. */
export interface ElementSchema {
  type: ElementType;
  /** Required elements occur exactly once, lists any number of times, all others at most once. */
  occurs: "required" | "optional" | "list";
  /** The first API version that knows it; without it, all of a local org do. */
  since?: number;
  /** The error text if a required element is missing. Without it, the text says that its field is missing. */
  missing?: string;
}

/** An element that must be there, once. */
export function required(type: ElementType): ElementSchema {
  return { type, occurs: "required" };
}

/** An element that may be there, once. */
export function optional(type: ElementType): ElementSchema {
  return { type, occurs: "optional" };
}

/** An element that may be there any number of times. */
export function list(type: ElementType): ElementSchema {
  return { type, occurs: "list" };
}

/** An element that earlier API versions do not know. */
export function since(version: number, schema: ElementSchema): ElementSchema {
  return { ...schema, since: version };
}

/** Whether a type has elements of its own. */
export function isComplex(type: ElementType): type is ComplexType {
  return typeof type === "object" && "elements" in type;
}

/** Whether an API version knows an element. */
export function isKnownIn(version: number, schema: ElementSchema): boolean {
  return version >= (schema.since ?? 0);
}
