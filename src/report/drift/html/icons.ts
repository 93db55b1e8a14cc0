import { html } from "hono/html";
import type { Markup } from "./words.ts";

/** All drawings of the page, once; `icon` refers to them. Each also has a word next to it wherever it is used. */
export const iconDrawings: Markup = html`<svg class="drawings" aria-hidden="true">
<symbol id="i-inSync" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.5"/><path d="m5.2 8.2 2 2 3.7-4.2"/></symbol>
<symbol id="i-drifted" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.5"/><path d="M5 6.6h6M5 9.4h6M9.6 4.6 6.4 11.4"/></symbol>
<symbol id="i-unchecked" viewBox="0 0 16 16"><circle cx="8" cy="8" r="6.5" stroke-dasharray="2.6 1.5"/><path d="M6.3 6.4a1.8 1.8 0 1 1 2.5 1.7c-.6.3-.8.6-.8 1.2M8 11.4v.1"/></symbol>
<symbol id="i-security" viewBox="0 0 16 16"><path d="M8 1.6 13 3.3v4c0 3.3-2 5.7-5 7.1-3-1.4-5-3.8-5-7.1v-4zM8 5v3.2M8 10.7v.1"/></symbol>
<symbol id="i-function" viewBox="0 0 16 16"><path d="M5.6 1.8v3M10.4 1.8v3M3.8 4.8h8.4v2.4a4.2 4.2 0 0 1-8.4 0zM8 11.4v3"/></symbol>
<symbol id="i-appearance" viewBox="0 0 16 16"><path d="M1.5 8C3 5.3 5.3 3.8 8 3.8S13 5.3 14.5 8C13 10.7 10.7 12.2 8 12.2S3 10.7 1.5 8z"/><circle cx="8" cy="8" r="1.9"/></symbol>
<symbol id="i-unclaimed" viewBox="0 0 16 16"><rect x="2.2" y="2.2" width="11.6" height="11.6" rx="2.5" stroke-dasharray="2.6 1.6"/><path d="M5.5 8h5"/></symbol>
</svg>`;

/** A drawing of the size of the text around it. */
export function icon(name: string): Markup {
  return html`<svg class="i" aria-hidden="true"><use href="#i-${name}"/></svg>`;
}
