import { html } from "hono/html";
import { type DriftRun, type PlaceInRun, placeKey } from "../../../results/driftHistory.ts";
import { utcText } from "../../../results/times.ts";
import type { Contents } from "./contents.ts";
import { placeName } from "./entry.ts";
import { countText, type Markup, say, time } from "./markup.ts";

/** Up to this many environments are all drawn; of more, those that were not always in sync. */
const fewPlaces = 12;
const mostPlaces = 40;

/** Size of a drawing, in its own units: a column for each run. */
const height = 24;
const column = 10;

/** An environment, and what each run found there. */
interface Row {
  id: string | undefined;
  name: string;
  found: readonly (PlaceInRun | undefined)[];
}

type State = "absent" | "unchecked" | "drifted" | "inSync";

/** How drift went over the last runs, a row for each environment. */
export function historySection(runs: readonly DriftRun[], { places }: Contents): Markup | string {
  const [first] = runs;
  if (first === undefined) return "";
  const rows = rowsOf(runs, places);
  const eventful = rows.filter(({ found }) => eventsOf(found) > 0);
  const shown =
    rows.length <= fewPlaces
      ? rows
      : eventful.sort((one, other) => eventsOf(other.found) - eventsOf(one.found)).slice(0, mostPlaces);
  const most = Math.max(1, ...shown.flatMap(({ found }) => found.map((one) => one?.differences ?? 0)));
  const others = rows.length - shown.length;
  return html`<section id="history">
<h2>${say("history")}</h2>
<p class="intro">${
    runs.length === 1
      ? say("history.first")
      : html`${say("history.runs", [runs.length])} ${time(first.checkedAt)}. ${say("history.legend")}`
  }</p>
<ul class="history">${shown.map(
    (row) => html`<li${row.id === undefined ? "" : html` data-place="${row.id}"`}>
<b>${row.name}</b>
${drawing(row.found, runs, most)}
<span>${trend(row.found, runs)}</span>
</li>`,
  )}</ul>
${others === 0 ? "" : html`<p class="caption">${countText("history.others", others)}</p>`}
</section>`;
}

function rowsOf(runs: readonly DriftRun[], places: Contents["places"]): Row[] {
  const found = runs.map((run) => new Map(run.places.map((place) => [placeKey(place), place])));
  const known = new Map(places.map((place) => [placeKey(place), place.id]));
  const all = new Map(runs.flatMap((run) => run.places.map((place) => [placeKey(place), place] as const)));
  // Those of this report come first, in its order.
  const keys = [...known.keys(), ...[...all.keys()].filter((key) => !known.has(key))];
  return keys.flatMap((key) => {
    const place = all.get(key);
    if (place === undefined) return [];
    const { environment, org } = place;
    const id = known.get(key);
    return [
      { id, name: placeName({ id: id ?? "", environment, org }), found: found.map((run) => run.get(key)) },
    ];
  });
}

function stateOf(found: PlaceInRun | undefined): State {
  if (found === undefined) return "absent";
  if (found.differences > 0) return "drifted";
  return found.unchecked > 0 ? "unchecked" : "inSync";
}

function eventsOf(found: Row["found"]): number {
  return found.filter((one) => ["drifted", "unchecked"].includes(stateOf(one))).length;
}

/** A column for each run. The sentence beside it says the same in words, so it is hidden from screen readers. */
function drawing(found: Row["found"], runs: readonly DriftRun[], most: number): Markup {
  const columns = found.map((one, index) => {
    const state = stateOf(one);
    if (one === undefined || state === "absent") return "";
    const share =
      state === "inSync" ? 0.12 : state === "unchecked" ? 1 : 0.3 + (0.7 * one.differences) / most;
    const size = Math.round(height * share * 10) / 10;
    return html`<rect class="${one.worst ?? state}" x="${index * column + 1}" y="${height - size}" width="${column - 2}" height="${size}"><title>${utcText(runs[index]?.checkedAt ?? "")}: ${say(`state.${state}`)}${
      one.differences === 0 ? "" : `, ${countText("differences", one.differences)}`
    }</title></rect>`;
  });
  const width = found.length * column;
  return html`<svg class="runs" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" aria-hidden="true">${columns}</svg>`;
}

/** What the last run found, and since when it has been so. */
function trend(found: Row["found"], runs: readonly DriftRun[]): Markup {
  const state = stateOf(found.at(-1));
  if (state === "absent") return html`${say("history.absent")}`;
  const since = found.findLastIndex((one) => stateOf(one) !== state) + 1;
  if (since === 0) return html`${say("history.always", [say(`state.${state}`)])}`;
  return html`${say("history.since", [say(`state.${state}`)])} ${time(runs[since]?.checkedAt ?? "")}`;
}
