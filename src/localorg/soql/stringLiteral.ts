const escapes: Record<string, string> = { n: "\n", r: "\r", t: "\t", b: "\b", f: "\f" };

/** The text of a quoted SOQL string. */
export function unquote(literal: string): string {
  return literal.slice(1, -1).replace(/\\(.)/gs, (_, character: string) => escapes[character] ?? character);
}

/** One place of a LIKE pattern: a character, or a wildcard. */
type Place = { character: string } | "one" | "any";

/**
 * Makes a test for a quoted LIKE pattern: `%` stands for any text, `_` for one character, and a backslash takes their
 * meaning away. Letter case does not count. The time it takes grows no faster than text length × pattern length.
 */
export function likeTest(literal: string): (text: string) => boolean {
  const places: Place[] = [];
  for (const [found] of literal.slice(1, -1).matchAll(/\\.|[^\\]/gs)) {
    if (found === "%") places.push("any");
    else if (found === "_") places.push("one");
    else places.push({ character: unquote(`'${found}'`).toLowerCase() });
  }
  return (text) => matches([...text.toLowerCase()], places);
}

function matches(text: string[], places: Place[]): boolean {
  let position = 0;
  let place = 0;
  let lastAny = -1;
  let retryFrom = 0;
  while (position < text.length) {
    const wanted = places[place];
    if (wanted === "any") {
      lastAny = place++;
      retryFrom = position;
    } else if (wanted === "one" || (wanted !== undefined && wanted.character === text[position])) {
      place++;
      position++;
    } else if (lastAny !== -1) {
      place = lastAny + 1;
      position = ++retryFrom;
    } else {
      return false;
    }
  }
  return places.slice(place).every((rest) => rest === "any");
}
