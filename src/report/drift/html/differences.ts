import { html } from "hono/html";
import type { SettingValue } from "../../../app/settings.ts";
import { type Change, type Drift, type DriftKind, isChange } from "../../../results/drift.ts";
import type { Contents, Difference, Entry } from "./contents.ts";
import { entryHeading, entryMeta } from "./entry.ts";
import { icon, type Markup, say, stepList, time } from "./markup.ts";
import { isLong, valuePair } from "./values.ts";

/** All differences: a section for each app in each environment, and in it an article for each difference. */
export function differencesSection({ drifted }: Contents): Markup | undefined {
  if (drifted.length === 0) return undefined;
  const total = drifted.reduce((sum, { differences }) => sum + differences.length, 0);
  return html`<section id="differences" data-state="drifted">
<h2>${say("differences")}</h2>
${drifted.map((entry) => group(entry, total))}
</section>`;
}

function group(entry: Entry, total: number): Markup {
  const { number, place, differences, result } = entry;
  return html`<section class="group" id="a${number}" data-place="${place.id}">
<header>
<h3>${entryHeading(entry)}</h3>
${entryMeta(entry)}
</header>
${differences.map((difference) => article(difference, entry, result.changes, total))}
</section>`;
}

function article(
  { number, drift }: Difference,
  entry: Entry,
  changes: readonly Change[],
  total: number,
): Markup {
  const { severity, kind, path, place, remedy } = drift;
  return html`<article class="difference ${severity}" id="d${number}" data-severity="${severity}" aria-labelledby="h-d${number}">
<p class="eyebrow"><span class="badge ${severity}">${icon(severity)}${say(`severity.${severity}`)}</span> <span>${say(`kind.${kind}`)}</span> <span class="position">${say("position", [number, total])}</span></p>
<h4 id="h-d${number}"><code>${path}</code></h4>
${drift.detail === undefined ? "" : html`<p class="detail">${drift.detail}</p>`}
${comparison(drift)}
${stepList(remedy)}
<dl class="facts">
<div><dt>${say("place")}</dt><dd><code>${place.file}:${place.line}:${place.column}</code></dd></div>
<div><dt>${say("changed")}</dt><dd>${changeList(changes, kind)}</dd></div>
</dl>
<p class="steps">
${number > 1 ? html`<a rel="prev" href="#d${number - 1}">← ${say("previous")}</a>` : ""}
<a class="back" href="#c${entry.number}">↑ ${say("backToMatrix")}</a>
${number < total ? html`<a rel="next" href="#d${number + 1}">${say("next")} →</a>` : ""}
</p>
</article>`;
}

function comparison({ expected, actual, path }: Drift): Markup | string {
  if (expected === undefined && actual === undefined) return "";
  const pair = valuePair(expected, actual);
  return html`<div class="comparison">
${valueBox("expected", expected, pair.expected, path)}
${valueBox("actual", actual, pair.actual, path)}
</div>`;
}

function valueBox(
  side: "expected" | "actual",
  value: SettingValue | undefined,
  content: Markup,
  path: string,
): Markup {
  const box = isLong(value)
    ? html`<div class="value long" role="group" tabindex="0" aria-label="${say(`${side}.of`, [path])}">${content}</div>`
    : html`<div class="value">${content}</div>`;
  return html`<div class="${side}"><p class="caption">${say(side)}</p>${box}</div>`;
}

function changeList(changes: readonly Change[], kind: DriftKind): Markup {
  if (changes.length === 0) {
    if (kind === "appMissing") return html`${say("changed.missing")}`;
    return html`${say(isChange(kind) ? "changed.unknown" : "changed.none")}`;
  }
  return html`<ul class="changes">${changes.map(
    ({ at, by, delegate, what }) =>
      html`<li>${time(at)} ${say("changed.by")} ${changer(by, delegate)}${what === undefined ? "" : html`: ${what}`}</li>`,
  )}</ul>`;
}

function changer(by: string, delegate: string | undefined): Markup {
  const user = html`<b>${by === "" ? "Salesforce" : by}</b>`;
  return delegate === undefined ? user : html`<b>${delegate}</b>, ${say("changed.loggedInAs")} ${user}`;
}
