/**
 * API names of apps: letters, digits and single underscores, beginning with a letter and not ending with an underscore.
 * What comes with a package has the package's namespace before it, and two underscores between.
 */
export const apiName = /^(?:[A-Za-z](?:_?[A-Za-z0-9])*__)?[A-Za-z](?:_?[A-Za-z0-9])*$/;

/** How many characters an API name may have. */
export const longestApiName = 80;

/** The namespace of the package that an app comes with; undefined for an app of the org's own. */
export function namespaceOf(name: string): string | undefined {
  return name.includes("__") ? name.slice(0, name.indexOf("__")) : undefined;
}

/** The name as the package's own org has it. */
export function withoutNamespace(name: string): string {
  const namespace = namespaceOf(name);
  return namespace === undefined ? name : name.slice(namespace.length + 2);
}
