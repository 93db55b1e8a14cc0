/** Why one component of a deploy is refused; becomes a row of `componentFailures`. */
export class ComponentProblem extends Error {
  /** Where in the file, counting from 1, if it is known. */
  readonly line: number | undefined;
  readonly column: number | undefined;

  constructor(problem: string, position?: { line: number; column: number }) {
    super(problem);
    this.line = position?.line;
    this.column = position?.column;
  }
}
