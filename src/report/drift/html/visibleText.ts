/**
 * Shows what a reader cannot see: control characters, all spaces but the plain one, characters without a width, and those
 * that change the direction of a text. Line breaks and tabs stay.
 */
export function visibleText(text: string): string {
  return text.replace(/(?![\n\t ])[\p{Cc}\p{Cf}\p{Cs}\p{Zs}\p{Zl}\p{Zp}]/gu, (character) => {
    const code = character.codePointAt(0) ?? 0;
    return `[U+${code.toString(16).toUpperCase().padStart(4, "0")}]`;
  });
}

/** A name for places where a very long one would be in the way, such as the head of a table. */
export function shortText(text: string): string {
  const characters = Array.from(text);
  return characters.length > 80 ? `${characters.slice(0, 79).join("")}…` : text;
}
