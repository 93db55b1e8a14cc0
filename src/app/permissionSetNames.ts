/**
 * Actual permission sets in the words of the desired ones: an org may name by label what the spec names by API name, or
 * the other way round. Names that are none of the known permission sets' stay as they are.
 */
export function inWordsOf(
  desired: readonly string[] | undefined,
  actual: readonly string[] | undefined,
  known: readonly { name: string; label: string }[],
): readonly string[] | undefined {
  const same = (one: string, other: string) =>
    known.some(({ name, label }) => [name, label].includes(one) && [name, label].includes(other));
  return actual?.map((found) => desired?.find((wanted) => same(wanted, found)) ?? found);
}
