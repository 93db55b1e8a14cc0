/** The namespace of the package that brought a component: its name begins with it. An org's own names have none. */
export function namespaceOf(fullName: string): string | undefined {
  return /^([A-Za-z][A-Za-z0-9_]*?)__/.exec(fullName)?.[1];
}

/** The name without the namespace. */
export function ownName(fullName: string): string {
  const namespace = namespaceOf(fullName);
  return namespace === undefined ? fullName : fullName.slice(namespace.length + 2);
}
