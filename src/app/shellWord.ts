/**
 * A text as one word of a shell command: quoted if a shell would take it apart. A path with backslashes gets the quotes
 * that Windows' own shells know too.
 *
 * @see https://pubs.opengroup.org/onlinepubs/9799919799/utilities/V3_chap02.html#tag_19_02
 */
export function shellWord(text: string): string {
  if (/^[\w@%+=:,./-]+$/.test(text)) return text;
  // Between these quotes, a backslash before such a character is no more than itself.
  if (/^(?:\\?[\w@%+=:,./-])+$/.test(text)) return `"${text}"`;
  return `'${text.replaceAll("'", "'\\''")}'`;
}
