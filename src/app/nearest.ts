import { closest, distance } from "fastest-levenshtein";

/** The candidate that a typing error may stand for: at most a third of its letters differ. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0 || word.length > 100) return undefined;
  const found = closest(
    word.toLowerCase(),
    candidates.map((candidate) => candidate.toLowerCase()),
  );
  if (distance(word.toLowerCase(), found) > Math.max(1, Math.floor(found.length / 3))) return undefined;
  return candidates.find((candidate) => candidate.toLowerCase() === found);
}
