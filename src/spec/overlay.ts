/** A map of a spec before the schema has seen it. */
export type Content = Readonly<Record<string, unknown>>;

/**
 * Lays an environment over a spec: maps merge key by key, a null removes the key, and everything else, including lists,
 * replaces what was there.
 */
export function overlay(base: Content, over: Content): Content {
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const former = merged.get(key);
    if (value === null) merged.delete(key);
    else if (isMap(value)) merged.set(key, overlay(isMap(former) ? former : {}, value));
    else merged.set(key, value);
  }
  return Object.fromEntries(merged);
}

/** Whether a value is a map: neither a list nor nothing. */
export function isMap(value: unknown): value is Content {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value at a path of plain data; undefined if there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) =>
      typeof inner === "object" && inner !== null && Object.hasOwn(inner, key)
        ? (inner as Record<PropertyKey, unknown>)[key]
        : undefined,
    value,
  );
}
