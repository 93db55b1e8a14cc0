import { html } from "hono/html";
import { type Contents, severities, states } from "./contents.ts";
import type { Counts } from "./counts.ts";
import { placeName } from "./entry.ts";
import { type Markup, say } from "./words.ts";

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
