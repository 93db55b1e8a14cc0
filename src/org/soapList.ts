/** SOAP returns nothing for no entries, an object for one and a list for several. */
export function asList<Item>(value: Item | Item[] | null | undefined): Item[] {
  if (value === null || value === undefined) return [];
  return Array.isArray(value) ? value : [value];
}
