/**
 * API names of apps: letters, digits and single underscores, beginning with a letter and not ending with an underscore.
 * An app of a package has the package's namespace before its name, with two underscores between them.
 */
export const apiName = /^(?:[A-Za-z](?:_?[A-Za-z0-9])*__)?[A-Za-z](?:_?[A-Za-z0-9])*$/;

/** How many characters an API name may have. */
export const longestApiName = 80;

/** The namespace of the package that an app belongs to; undefined for the org's own apps. */
export function namespaceOf(name: string): string | undefined {
  return name.includes("__") ? name.slice(0, name.indexOf("__")) : undefined;
}

/** The name that the app has in the package's own org. */
export function withoutNamespace(name: string): string {
  const namespace = namespaceOf(name);
  return namespace === undefined ? name : name.slice(namespace.length + 2);
}
