/** What an element holds: text of a simple type, one of some words, or elements of its own. */
export type ElementType = "string" | "boolean" | "int" | EnumType | ComplexType;

/** A list of words; `name` is the enum's name in error messages. */
export interface EnumType {
  name: string;
  words: readonly string[];
}

/** A type with elements, such as ConnectedApp or one of the types within it. */
export interface ComplexType {
  name: string;
  elements: Record<string, ElementSchema>;
}

/** One element of a complex type. */
export interface ElementSchema {
  type: ElementType;
  /** Required elements occur exactly once, lists any number of times, all others at most once. */
  occurs: "required" | "optional" | "list";
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

/** Whether a type has elements of its own. */
export function isComplex(type: ElementType): type is ComplexType {
  return typeof type === "object" && "elements" in type;
}
