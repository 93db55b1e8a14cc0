/** A text as a SOQL literal. Nothing in the text can end the literal. */
export function quoted(text: string): string {
  return `'${text.replace(/[\\']/g, "\\$&")}'`;
}

/** A pattern for LIKE that matches everything that begins with the text. */
export function beginsWith(text: string): string {
  return `'${text.replace(/[\\'%_]/g, "\\$&")}%'`;
}
