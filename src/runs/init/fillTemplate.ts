/** What stands in place of a template's marks. */
export interface Filling {
  /** For `@NAME@`, anywhere. */
  values: Readonly<Record<string, string>>;
  /** What holds of `@if WORD … @end`, each on a comment line of its own. */
  facts: ReadonlySet<string>;
  /** For a comment line `@env WORDS`: the lines that give a step the secrets of these words. */
  env(words: readonly string[]): readonly string[];
}

const mark = /^(\s*)(?:#|\/\/) @(if|end|env)\b ?(.*)$/;

/**
 * Fills a template. Its marks stand in comments, so that it is a file of its own form.
 *
 * @throws Error if it holds a value that nobody knows: a mistake in the template
 */
export function fillTemplate(template: string, { values, facts, env }: Filling): string {
  const open: boolean[] = [];
  const lines = template.split("\n").flatMap((line) => {
    const [, indent = "", word, rest = ""] = mark.exec(line) ?? [];
    if (word === "if") open.push(facts.has(rest));
    else if (word === "end") open.pop();
    else if (open.every((holds) => holds))
      return word === "env" ? env(rest.split(" ")).map((one) => indent + one) : [line];
    return [];
  });
  return lines.join("\n").replace(/@(\w+)@/g, (whole, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The template holds ${whole}.`);
    return value;
  });
}
