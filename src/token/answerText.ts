import { messagesOf } from "../messages.ts";
import type { HttpAnswer } from "./http.ts";

const messages = messagesOf("token");

/**
 * Whether an answer is a page for people, such as that of a proxy, a login or a maintenance, and not an answer of an
 * API.
 */
export function isPage({ headers, json }: HttpAnswer): boolean {
  return json === undefined && /html/i.test(headers.get("content-type") ?? "");
}

/**
 * The beginning of a body, so that a proxy or a login page is recognised. What may be a token or a secret is left out: an
 * answer that broke off is no OAuth answer any more, and still holds its token.
 */
function beginningOf(text: string, length: number): string {
  const plain = text
    .replace(/[\w.!~+/=-]{24,}/g, "…")
    .replace(/\s+/g, " ")
    .trim();
  return plain.length > length ? `${plain.slice(0, length)}…` : plain;
}

/** An answer in a few words: the status and the beginning of the body. A page or a redirect is named, not shown. */
export function answerText(answer: HttpAnswer): string {
  const status = String(answer.status);
  const location = answer.headers.get("location");
  if (location !== null)
    return messages.getMessage("answer.redirect", [status, location.split("?")[0] ?? ""]);
  if (isPage(answer)) return messages.getMessage("answer.page", [status]);
  return `HTTP ${status} ${bodyText(answer, 200)}`;
}

/** The beginning of a body; what is wrong with one that is none. */
export function bodyText({ status, text, json }: HttpAnswer, length: number): string {
  if (text.trim() === "") return messages.getMessage("answer.empty");
  const body = beginningOf(text, length);
  return status === 200 && json === undefined ? messages.getMessage("answer.notJson", [body]) : body;
}
