import { messagesOf } from "../messages.ts";

/** How an answer failed. */
interface Circumstances {
  /** Whether the same request may well be answered in a moment. */
  isMomentary: boolean;
  /** Milliseconds that the server asks to wait before a further try. */
  retryAfter?: number;
}

/** A request that reached a server, and got no usable answer. The message says why, in a few words. */
export class AnswerFailure extends Error {
  readonly isMomentary: boolean;
  readonly retryAfter: number | undefined;

  constructor(message: string, { isMomentary, retryAfter }: Circumstances) {
    super(message);
    this.name = "AnswerFailure";
    this.isMomentary = isMomentary;
    this.retryAfter = retryAfter;
  }
}

/**
 * What a connection's own error means after the request was sent.
 *
 * @param isAnswering whether the answer had begun
 */
export function lostAnswer(error: Error & { code?: string }, isAnswering: boolean): AnswerFailure {
  const messages = messagesOf("network");
  const { code = "", message } = error;
  // These are not codes of the operating system, so they would tell nobody anything.
  const reason =
    code === "UND_ERR_SOCKET" ? messages.getMessage("closed") : /^E[A-Z]+$/.test(code) ? code : message;
  return new AnswerFailure(messages.getMessage(isAnswering ? "whileReading" : "whileWaiting", [reason]), {
    isMomentary: true,
  });
}

/**
 * Milliseconds to wait by a Retry-After header, which has seconds or a date.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3
 */
export function retryAfterOf(header: string | null | undefined): number | undefined {
  if (!header) return undefined;
  const milliseconds = /^\d+$/.test(header) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isNaN(milliseconds) ? undefined : Math.max(milliseconds, 0);
}
