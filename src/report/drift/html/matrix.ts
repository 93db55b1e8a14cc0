import { html } from "hono/html";
import { type App, type Contents, type Entry, type Place, severityCounts } from "./contents.ts";
import { placeName } from "./entry.ts";
import { countText, icon, type Markup, say, shortText } from "./markup.ts";

/** Head of a row or a column. */
interface Head {
  content: Markup;
  /** The same as text, for cells that stand alone on a narrow screen. */
  label: string;
  placeId?: string;
}

/** More columns than this do not fit on paper side by side. */
const columnsOnPaper = 5;

/** Whether environments are the columns; a fleet has a row for each org, and a column for each app. */
export function placesAreColumns({ apps, places }: Contents): boolean {
  return places.length <= Math.max(apps.length, columnsOnPaper);
}

/** The table of all apps in all environments. */
export function matrix(contents: Contents): Markup | undefined {
  const { apps, places, entriesOf } = contents;
  if (apps.length === 0) return undefined;
  const appHeads = apps.map((app) => appHead(app));
  const placeHeads = places.map((place) => placeHead(place, places));
  const table = placesAreColumns(contents)
    ? {
        corner: say("app"),
        columns: placeHeads,
        rows: appHeads,
        cells: apps.map((app) => places.map((place) => entriesOf(app, place))),
      }
    : {
        corner: say("environment"),
        columns: appHeads,
        rows: placeHeads,
        cells: places.map((place) => apps.map((app) => entriesOf(app, place))),
      };
  const size = `${table.columns.length > columnsOnPaper ? "wide" : ""} ${table.rows.length > 20 ? "tall" : ""}`;
  // The roles remain when the style sheet turns rows into cards.
  return html`<section id="matrix">
<h2 id="h-matrix">${say("matrix")}</h2>
<div class="region ${size}" role="region" tabindex="0" aria-labelledby="h-matrix">
<table role="table" aria-labelledby="h-matrix">
<thead role="rowgroup"><tr role="row"><th role="columnheader" scope="col">${table.corner}</th>${table.columns.map(
    (head) => html`<th role="columnheader" scope="col"${ofPlace(head)}>${head.content}</th>`,
  )}</tr></thead>
<tbody role="rowgroup">
${table.rows.map(
  (head, row) =>
    html`<tr role="row"${ofPlace(head)}><th role="rowheader" scope="row">${head.content}</th>${table.columns.map(
      (column, index) => cell(table.cells[row]?.[index] ?? [], column),
    )}</tr>
`,
)}</tbody>
</table>
</div>
</section>`;
}

function ofPlace({ placeId }: Head): Markup | string {
  return placeId === undefined ? "" : html` data-place="${placeId}"`;
}

function appHead({ kind, label, name }: App): Head {
  return {
    label: shortText(label),
    content: html`<bdi>${shortText(label)}</bdi><small>${shortText(name)}</small><small>${say(`app.${kind}`)}</small>`,
  };
}

function placeHead(place: Place, places: readonly Place[]): Head {
  const { id, environment, org } = place;
  const unique =
    environment !== undefined && places.filter((other) => other.environment === environment).length === 1;
  return {
    label: unique ? shortText(environment) : placeName(place),
    placeId: id,
    content: html`<bdi>${shortText(environment ?? org)}</bdi>${
      environment === undefined || environment === org ? "" : html`<small>${shortText(org)}</small>`
    }`,
  };
}

function cell(entries: readonly Entry[], column: Head): Markup {
  const found = new Set(
    entries.flatMap(({ differences }) => severityCounts(differences).map(([name]) => name)),
  );
  const states = new Set(entries.map(({ result }) => result.state));
  const content =
    entries.length === 0
      ? html`<span class="entry absent">${say("state.absent")}</span>`
      : entries.map((entry) => entryInCell(entry));
  return html`<td role="cell" data-state="${[...states].join(" ") || "absent"}" data-severity="${[...found].join(" ")}"${ofPlace(column)} data-head="${column.label}">${content}</td>`;
}

function entryInCell({ number, result, differences, facts }: Entry): Markup {
  const { state } = result;
  const label = html`${icon(state)}${say(`state.${state}`)}`;
  const [worst] = severityCounts(differences)[0] ?? [];
  const parts: Markup[] = [];
  if (worst !== undefined)
    parts.push(html`<a class="entry ${worst}" href="#a${number}"><b>${icon("drifted")}${gist(differences)}</b>
${severityCounts(differences).map(([severity, count]) => html`<span>${icon(severity)}${say(`severity.${severity}.count`, [count])}</span> `)}</a>`);
  if (state === "unchecked")
    parts.push(html`<a class="entry unchecked" href="#u${number}"><b>${label}</b></a>`);
  if (parts.length === 0) parts.push(html`<span class="entry ${state}">${label}</span>`);
  for (const [fact, text] of facts) parts.push(html`<small>${fact} ${text}</small>`);
  return html`<div id="c${number}">${parts}</div>`;
}

/** A missing or blocked app says more than a number. */
function gist(differences: Entry["differences"]): string {
  const { kind } = differences.find(({ drift }) => drift.kind.startsWith("app"))?.drift ?? {};
  return kind === undefined ? countText("differences", differences.length) : say(`kind.${kind}`);
}
