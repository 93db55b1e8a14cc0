import { randomBytes } from "node:crypto";
import type { Context } from "hono";

/** An error of the CPQ admin API. */
export class CpqError extends Error {
  readonly status: 401 | 403 | 404 | 405;

  constructor(status: 401 | 403 | 404 | 405, message: string) {
    super(message);
    this.status = status;
  }
}

/** The vendor's error body: a code of its own for each occurrence, the message and the time. */
export function answerCpqError(
  context: Context,
  status: 401 | 403 | 404 | 405 | 500,
  message: string,
): Response {
  if (status === 401) context.header("WWW-Authenticate", "Bearer");
  const errorCode = `LGK-${randomBytes(13).toString("hex").slice(0, 25).toUpperCase()}`;
  return context.json({ errorCode, errorMessage: message, timestamp: new Date().toISOString() }, status);
}
