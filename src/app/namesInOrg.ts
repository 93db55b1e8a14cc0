/** Something that an org has under two names: the API name and the one that people see. */
export interface NamedInOrg {
  name: string;
  label: string;
}

/** What a name means among what an org has: the one of that API name, else those of that label. */
export function namedBy<Item extends NamedInOrg>(name: string, known: readonly Item[]): Item[] {
  const exact = known.filter((item) => item.name === name);
  return exact.length > 0 ? exact : known.filter((item) => item.label === name);
}

/**
 * Actual names in the words of the desired ones: an org may name by label what the spec names by API name, or the other
 * way round. Names that are none of the known ones stay as they are.
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
