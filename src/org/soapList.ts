/** SOAP gives no entry as nothing, one as an object and several as a list. */
export function asList<Item>(value: Item | Item[] | null | undefined): Item[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
