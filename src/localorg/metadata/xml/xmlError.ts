/** A document that is not well-formed, or uses what is refused for safety. */
export class XmlError extends Error {
  /** Counts from 1. */
  readonly line: number;
  /** Counts from 1. */
  readonly column: number;

  constructor(message: string, line = 1, column = 1) {
    super(message);
    this.line = line;
    this.column = column;
  }
}
