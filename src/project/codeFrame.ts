const linesAround = 2;
const widest = 120;

/**
 * A few numbered lines around a place, with a caret below its column. Long lines are cut so that the place stays
 * visible.
 */
export function codeFrame(source: string, line: number, column: number): string {
  const lines = source.split(/\r?\n/);
  const from = Math.max(1, line - linesAround);
  const to = Math.min(lines.length, line + linesAround);
  const shift = column > widest - 20 ? column - 40 : 0;
  const digits = String(to).length;
  const frame: string[] = [];
  for (let number = from; number <= to; number++) {
    const text = visible(lines[number - 1] ?? "").slice(shift, shift + widest);
    frame.push(`${number === line ? ">" : " "} ${String(number).padStart(digits)} | ${text}`.trimEnd());
    if (number === line)
      frame.push(`  ${" ".repeat(digits)} | ${" ".repeat(Math.max(0, column - 1 - shift))}^`);
  }
  return frame.join("\n");
}

/** Control characters would move the terminal's cursor, or worse. */
function visible(text: string): string {
  return text.replace(/\t/g, " ").replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, "\uFFFD");
}
