import { html } from "hono/html";
import { messagesOf } from "../../../messages.ts";
import { utcText } from "../../../results/times.ts";

/** A piece of a page. Text in it is escaped. */
export type Markup = ReturnType<typeof html>;

/** The texts of the page. */
export const { getMessage: say, getCount: countText } = messagesOf("driftHtml");

/** A time in UTC. A page is read later, so it does not say how long ago that was. A text that is not a time stays as it is. */
export function time(at: string): Markup {
  const shown = utcText(at);
  return Number.isNaN(Date.parse(at)) ? html`${at}` : html`<time datetime="${shown}">${shown}</time>`;
}

/** A drawing of `icons.svg`, as large as the text around it. Wherever it is used, a word stands beside it. */
export function icon(name: string): Markup {
  return html`<svg class="i" aria-hidden="true"><use href="#i-${name}"/></svg>`;
}

/** What to do, a line for each step; a command at the end of a step looks like one. */
export function stepList(steps: readonly string[]): Markup | string {
  if (steps.length === 0) return "";
  return html`<div class="remedy"><p class="caption">${say("remedy")}</p><ul>${steps.map((text) => html`<li><span>${step(text)}</span></li>`)}</ul></div>`;
}

function step(text: string): Markup {
  const [, sentence, command] = /^(.*?: ?)(sf [^\n]+)$/s.exec(text) ?? [];
  if (command === undefined) return html`${text}`;
  // Each word by itself, so that no line breaks within an option.
  return html`${sentence}<code class="command">${command.split(" ").map((word) => html`<span>${word}</span> `)}</code>`;
}

/** A name for places in which a very long one would be in the way, such as the head of a table. */
export function shortText(text: string): string {
  const characters = Array.from(text);
  return characters.length > 80 ? `${characters.slice(0, 79).join("")}…` : text;
}
