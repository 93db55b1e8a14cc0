import { html } from "hono/html";
import { narrow } from "./assets.ts";
import { type Contents, severities, states } from "./contents.ts";
import { placeName } from "./entry.ts";
import { type Markup, say } from "./markup.ts";
import { placesAreColumns } from "./matrix.ts";
import type { Counts } from "./summary.ts";

/** The filters. The style sheet applies them; only the search for a text needs the script, which shows its field. */
export function filters({ places }: Contents, counts: Counts): Markup {
  return html`<form id="filters" class="filters" aria-label="${say("filters")}" autocomplete="off">
<div class="line">
${choices("state", states, counts, (state) => say(`state.${state}`))}
${choices("severity", severities, counts, (severity) => say(`severity.${severity}`))}
</div>
<div class="line">
<p><label class="caption" for="place">${say("environment")}</label>
<select id="place"><option value="">${say("filter.all")}</option>${places.map(
    (place) => html`<option value="${place.id}">${placeName(place)}</option>`,
  )}</select></p>
<p id="searchField" hidden><label class="caption" for="search">${say("filter.search")}</label>
<input id="search" type="search" spellcheck="false"></p>
<p><button type="reset">${say("filter.reset")}</button></p>
<p id="shown" role="status" data-some="${say("filter.shown", ["%s", "%s"])}"></p>
</div>
</form>`;
}

function choices<Id extends (typeof states | typeof severities)[number]>(
  name: "state" | "severity",
  ids: readonly Id[],
  counts: Counts,
  label: (id: Id) => string,
): Markup {
  return html`<fieldset><legend class="caption">${say(`filter.${name}`)}</legend><div class="choices">
<label><input type="radio" name="${name}" id="${name}-all" checked><span>${say("filter.all")}</span></label>
${ids.map(
  (id) =>
    html`<label><input type="radio" name="${name}" id="${name}-${id}"><span>${label(id)} <b>${counts[id]}</b></span></label>`,
)}
</div></fieldset>`;
}

/** The rules of the filters. They apply to the screen only: on paper, the report is complete. */
export function filterRules(contents: Contents): string {
  const attributes = [
    ...states.map((state) => [`#state-${state}`, `[data-state~=${state}]`] as const),
    ...severities.map((severity) => [`#severity-${severity}`, `[data-severity~=${severity}]`] as const),
  ];
  const hidden = [
    ...states.map((state) => `${after(`#state-${state}`)}section[data-state]:not([data-state=${state}])`),
    ...severities.flatMap((severity) => {
      const chosen = after(`#severity-${severity}`);
      const fitting = `[data-severity=${severity}]`;
      return [
        `${chosen}section article[data-severity]:not(${fitting})`,
        `${chosen}section .group:not(:has(${fitting}))`,
        `${chosen}section[data-state]:not(:has(${fitting}))`,
      ];
    }),
    ...attributes.map(([choice, fitting]) => `${after(choice)}#matrix tbody tr:not(:has(td${fitting}))`),
    ...contents.places.map(({ id }) => `${after(option(id))}section [data-place]:not([data-place~=${id}])`),
  ];
  if (placesAreColumns(contents)) {
    for (const { id } of contents.places)
      for (const [choice, fitting] of attributes)
        hidden.push(`${after(option(id), choice)}#matrix tbody tr:not(:has(td[data-place=${id}]${fitting}))`);
  }
  const emptied = [
    "td.unmatched",
    ...attributes.map(([choice, fitting]) => `${after(choice)}#matrix td:not(${fitting})`),
  ];
  // A row of cards needs no placeholder for a hidden card.
  return `@media screen{
${hidden.join(",\n")},.unmatched:not(td){display:none}
${emptied.map((cell) => `${cell}>*`).join(",\n")}{visibility:hidden}
}
@media screen and (max-width:${narrow}){
${emptied.join(",\n")}{display:none}
}
`;
}

/**
 * Selects what follows the form while some of its choices are made. This is fast even with hundreds of orgs, because
 * the browser looks only into the form.
 */
function after(...choices: readonly string[]): string {
  return `#filters${choices.map((choice) => `:has(${choice}:checked)`).join("")}~`;
}

function option(id: string): string {
  return `[value=${id}]`;
}
