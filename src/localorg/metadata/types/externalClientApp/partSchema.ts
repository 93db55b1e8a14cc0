import { type ComplexType, type ElementSchema, optional, required } from "../schema.ts";

/** A type whose components each belong to an application, with what all of these types have. */
export function partSchema(name: string, elements: Record<string, ElementSchema>): ComplexType {
  return {
    name,
    elements: {
      ...elements,
      externalClientApplication: {
        ...required("string"),
        missing: "Enter the name of the parent external client app",
      },
      fullName: optional("string"),
      label: optional("string"),
    },
    losesMisplaced: true,
  };
}
