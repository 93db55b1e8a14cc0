import { registry } from "@salesforce/source-deploy-retrieve/lib/src/registry/registry.js";
import type { ComponentType } from "./kind.ts";

/**
 * A type of component, with the folder and the suffix that its files have in a package directory: those of Salesforce's
 * own registry. Nothing else of that library is loaded.
 *
 * @throws Error if the registry has no such type
 * @see https://github.com/forcedotcom/source-deploy-retrieve/blob/main/src/registry/metadataRegistry.json
 */
export function componentType(component: Omit<ComponentType, "folder" | "suffix">): ComponentType {
  const known = registry.types[component.type.toLowerCase()];
  if (known?.suffix === undefined) throw new Error(`The registry has no type ${component.type}.`);
  return { ...component, folder: known.directoryName, suffix: known.suffix };
}
