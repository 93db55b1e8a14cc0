import type { Messages } from "@salesforce/core/messages";
import { html } from "hono/html";

/** A piece of a page. Text in it is escaped. */
export type Markup = ReturnType<typeof html>;

/** The texts of the page. */
export interface Words {
  say(id: string, ...values: readonly (string | number)[]): string;
  /** A text in the singular or the plural; the count is its first value. */
  count(id: string, count: number, ...values: readonly (string | number)[]): string;
}

export function wordsOf(messages: Messages<string>): Words {
  const say: Words["say"] = (id, ...values) => messages.getMessage(id, values.map(String));
  return {
    say,
    count: (id, count, ...values) => say(`${id}.${count === 1 ? "one" : "many"}`, count, ...values),
  };
}

/** A time in UTC, to the minute; a text that is no time stays as it is. */
export function time(at: string): Markup {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return html`${at}`;
  const iso = date.toISOString();
  return html`<time datetime="${iso}">${iso.slice(0, 10)} ${iso.slice(11, 16)} UTC</time>`;
}
