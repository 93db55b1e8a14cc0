/** Something that has two names in an org: its API name and the name that people see. */
export interface NamedInOrg {
  name: string;
  label: string;
}

/** What a name stands for in an org: the item with that API name, else the items with that label. */
export function namedBy<Item extends NamedInOrg>(name: string, known: readonly Item[]): Item[] {
  const exact = known.filter((item) => item.name === name);
  return exact.length > 0 ? exact : known.filter((item) => item.label === name);
}

/**
 * Actual names in the words of the desired ones: an org may give the label of what the spec gives by API name, or the
 * other way round. Unknown names stay as they are.
 */
export function inWordsOf(
  desired: readonly string[] | undefined,
  actual: readonly string[] | undefined,
  known: readonly NamedInOrg[],
): readonly string[] | undefined {
  const same = (one: string, other: string) =>
    known.some(({ name, label }) => [name, label].includes(one) && [name, label].includes(other));
  return actual?.map((found) => desired?.find((wanted) => same(wanted, found)) ?? found);
}
