/** All that a reader cannot see, or that changes the direction of a text, and what XML cannot hold. */
const unseen = /(?![\n\t ])[\p{Cc}\p{Cf}\p{Cs}\p{Zs}\p{Zl}\p{Zp}\uFFFE\uFFFF]/gu;

/** The colors and styles in which this plugin itself writes. They hide nothing. */
const escapeCharacter = String.fromCharCode(0x1b);
const style = new RegExp(`(${escapeCharacter}\\[(?:0|1|2|22|3\\d|9\\d)m)`);

/** The begin of a line that would be a command, whatever spaces and styles come before it. */
const lineCommand = new RegExp(`^((?:\\s|${escapeCharacter}\\[\\d+m)*):(?=:)`, "gm");

/**
 * A text of a spec or an org as text, and nothing else: control characters, line separators, unusual spaces, characters
 * without a width and those that change the direction are shown by their code points. Line breaks and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replace(unseen, (character) => `[U+${codeOf(character)}]`);
}

/**
 * A text for a terminal or a log. No line of it can be a command of a pipeline: GitHub takes `::name` at the begin of a
 * line, even after spaces, and `##[name]` anywhere; Azure Pipelines `##vso[name]`.
 *
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands
 * @see https://learn.microsoft.com/azure/devops/pipelines/scripts/logging-commands
 */
export function terminalText(text: string): string {
  const plain = text
    .split(style)
    .map((part, index) => (index % 2 === 1 ? part : visibleText(part)))
    .join("");
  return plain.replace(lineCommand, "$1: ").replace(/##(?=\w*\[)/g, "# #");
}

/** The same for JSON, as escapes: whoever reads it gets each text as it is. */
export function visibleJson(json: string): string {
  return json
    .split(style)
    .map((part, index) =>
      index % 2 === 1
        ? part
        : part
            .replace(unseen, (character) =>
              Array.from({ length: character.length }, (_, unit) => character.charCodeAt(unit))
                .map((code) => `\\u${code.toString(16).padStart(4, "0")}`)
                .join(""),
            )
            .replace(/##(?=\w*\[)/g, "\\u0023#"),
    )
    .join("");
}

function codeOf(character: string): string {
  return (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0");
}
