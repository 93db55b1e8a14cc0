import { html } from "hono/html";
import { type Markup, say } from "./words.ts";

/** What to do, a line for each step; a command at the end of a step looks like one. */
export function stepList(steps: readonly string[]): Markup | string {
  if (steps.length === 0) return "";
  return html`<div class="remedy"><p class="caption">${say("remedy")}</p><ul>${steps.map((text) => html`<li><span>${step(text)}</span></li>`)}</ul></div>`;
}

function step(text: string): Markup {
  const [, sentence, command] = /^(.*?: ?)(sf [^\n]+)$/s.exec(text) ?? [];
  if (command === undefined) return html`${text}`;
  // Each word by itself, so that no line ends within an option.
  return html`${sentence}<code class="command">${command.split(" ").map((word) => html`<span>${word}</span> `)}</code>`;
}
