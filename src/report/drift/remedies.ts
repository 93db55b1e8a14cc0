import type { Drift } from "../../results/drift.ts";

/** What to do about several drifts, each thing once: what differs only in the accepted path becomes one command. */
export function remediesOf(drifts: readonly Drift[]): string[] {
  const paths = new Map<string, string[]>();
  for (const text of drifts.flatMap(({ remedy }) => remedy)) {
    const [, command = text, path] = /^(.*) --accept (\S+)$/.exec(text) ?? [];
    const known = paths.get(command) ?? [];
    if (path !== undefined && !known.includes(path)) known.push(path);
    paths.set(command, known);
  }
  return [...paths].map(([command, accepted]) =>
    [command, ...accepted.map((path) => `--accept ${path}`)].join(" "),
  );
}
