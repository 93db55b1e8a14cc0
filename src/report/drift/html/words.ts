import { html } from "hono/html";
import { messagesOf } from "../../../messages.ts";

/** A piece of a page. Text in it is escaped. */
export type Markup = ReturnType<typeof html>;

/** The texts of the page. */
export const { getMessage: say, getCount: countText } = messagesOf("driftHtml");

/** A time in UTC, to the minute; a text that is no time stays as it is. */
export function time(at: string): Markup {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return html`${at}`;
  const iso = date.toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`;
}
