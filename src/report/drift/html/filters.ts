import { html } from "hono/html";
import { type Contents, severities, states } from "./contents.ts";
import type { Counts } from "./counts.ts";
import { placeName } from "./entry.ts";
import type { Markup, Words } from "./words.ts";

/** The filters. The style sheet applies them; only the search for a text needs the script, which shows its field. */
export function filters({ places }: Contents, counts: Counts, words: Words): Markup {
  return html`<form id="filters" class="filters" aria-label="${words.say("filters")}" autocomplete="off">
<div class="line">
${choices("state", states, counts, words)}
${choices("severity", severities, counts, words)}
</div>
<div class="line">
<p><label class="caption" for="place">${words.say("environment")}</label>
<select id="place"><option value="">${words.say("filter.all")}</option>${places.map(
    (place) => html`<option value="${place.id}">${placeName(place)}</option>`,
  )}</select></p>
<p id="searchField" hidden><label class="caption" for="search">${words.say("filter.search")}</label>
<input id="search" type="search" spellcheck="false"></p>
<p><button type="reset">${words.say("filter.reset")}</button></p>
<p id="shown" role="status" data-some="${words.say("filter.shown", "{shown}", "{total}")}"></p>
</div>
</form>`;
}

function choices(
  name: "state" | "severity",
  ids: readonly (typeof states | typeof severities)[number][],
  counts: Counts,
  words: Words,
): Markup {
  return html`<fieldset><legend class="caption">${words.say(`filter.${name}`)}</legend><div class="choices">
<label><input type="radio" name="${name}" id="${name}-all" checked><span>${words.say("filter.all")}</span></label>
${ids.map(
  (id) =>
    html`<label><input type="radio" name="${name}" id="${name}-${id}"><span>${words.say(`${name}.${id}`)} <b>${counts[id]}</b></span></label>`,
)}
</div></fieldset>`;
}
