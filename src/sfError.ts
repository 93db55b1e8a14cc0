/** What an error can say besides its message. */
export interface ErrorDetails {
  name?: string | undefined;
  message: string;
  /** What to do next, a sentence each. */
  actions?: string[] | undefined;
  exitCode?: number | undefined;
  /** What `--json` shows of it. */
  data?: unknown;
  cause?: unknown;
}

/**
 * An error with a name, the next steps and an exit code: the shape that the Salesforce CLI shows. It is the project's
 * own, because the class of the Salesforce CLI's library loads much that neither a fast command nor the libraries
 * of this package need.
 */
export class SfError extends Error {
  actions?: string[];
  readonly exitCode: number;
  readonly data?: unknown;

  constructor({ name = "SfError", message, actions, exitCode = 1, data, cause }: ErrorDetails) {
    super(message, cause === undefined ? {} : { cause });
    this.name = name;
    this.exitCode = exitCode;
    if (actions !== undefined && actions.length > 0) this.actions = actions;
    if (data !== undefined) this.data = data;
  }

  static create(details: ErrorDetails): SfError {
    return new SfError(details);
  }

  /** The same error in this shape. One of another library keeps its name, message, next steps and exit code. */
  static wrap(thrown: unknown): SfError {
    if (thrown instanceof SfError) return thrown;
    if (typeof thrown !== "object" || thrown === null || !("message" in thrown))
      return new SfError({ message: String(thrown) });
    const { name, message, actions, exitCode, data } = thrown as Record<string, unknown>;
    return new SfError({
      message: String(message),
      name: typeof name === "string" ? name : undefined,
      actions: Array.isArray(actions) ? actions.map(String) : undefined,
      exitCode: typeof exitCode === "number" ? exitCode : undefined,
      data,
      cause: thrown,
    });
  }
}
