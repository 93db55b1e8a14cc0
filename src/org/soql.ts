/** A text as a SOQL literal: what it holds cannot end it. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

/** A pattern for LIKE that matches what begins with the text. */
export function beginsWith(text: string): string {
  return `'${text.replace(/[\\'%_]/g, "\\$&")}%'`;
}
