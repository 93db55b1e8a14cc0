import { html } from "hono/html";
import type { SettingValue } from "../../../app/settings.ts";
import type { Change, Drift } from "../../../results/drift.ts";
import type { Contents, Difference, Entry } from "./contents.ts";
import { entryHeading, entryMeta } from "./entry.ts";
import { icon } from "./icons.ts";
import { stepList } from "./steps.ts";
import { isLong, valuePair } from "./values.ts";
import { type Markup, time, type Words } from "./words.ts";

/** All differences: a section for each app in each environment, and in it an article for each difference. */
export function differencesSection({ drifted }: Contents, words: Words): Markup | undefined {
  if (drifted.length === 0) return undefined;
  const total = drifted.reduce((sum, { differences }) => sum + differences.length, 0);
  return html`<section id="differences" data-state="drifted">
<h2>${words.say("differences")}</h2>
${drifted.map((entry) => group(entry, total, words))}
</section>`;
}

function group(entry: Entry, total: number, words: Words): Markup {
  const { number, place, differences, result } = entry;
  return html`<section class="group" id="a${number}" data-place="${place.id}">
<header>
<h3>${entryHeading(entry, words)}</h3>
${entryMeta(entry, words)}
</header>
${differences.map((difference) => article(difference, entry, result.changes, total, words))}
</section>`;
}

function article(
  { number, drift }: Difference,
  entry: Entry,
  changes: readonly Change[],
  total: number,
  words: Words,
): Markup {
  const { severity, kind, path, place, remedy } = drift;
  return html`<article class="difference ${severity}" id="d${number}" data-severity="${severity}" aria-labelledby="h-d${number}">
<p class="eyebrow"><span class="badge ${severity}">${icon(severity)}${words.say(`severity.${severity}`)}</span> <span>${words.say(`kind.${kind}`)}</span> <span class="position">${words.say("position", number, total)}</span></p>
<h4 id="h-d${number}"><code>${path}</code></h4>
${drift.detail === undefined ? "" : html`<p class="detail">${drift.detail}</p>`}
${comparison(drift, words)}
${stepList(remedy, words)}
<dl class="facts">
<div><dt>${words.say("place")}</dt><dd><code>${place.file}:${place.line}:${place.column}</code></dd></div>
<div><dt>${words.say("changed")}</dt><dd>${changeList(changes, words)}</dd></div>
</dl>
<p class="steps">
${number > 1 ? html`<a rel="prev" href="#d${number - 1}">← ${words.say("previous")}</a>` : ""}
<a class="back" href="#c${entry.number}">↑ ${words.say("backToMatrix")}</a>
${number < total ? html`<a rel="next" href="#d${number + 1}">${words.say("next")} →</a>` : ""}
</p>
</article>`;
}

function comparison({ expected, actual, path }: Drift, words: Words): Markup | string {
  if (expected === undefined && actual === undefined) return "";
  const pair = valuePair(expected, actual, words);
  return html`<div class="comparison">
${valueBox("expected", expected, pair.expected, path, words)}
${valueBox("actual", actual, pair.actual, path, words)}
</div>`;
}

function valueBox(
  side: "expected" | "actual",
  value: SettingValue | undefined,
  content: Markup,
  path: string,
  words: Words,
): Markup {
  const box = isLong(value)
    ? html`<div class="value long" role="group" tabindex="0" aria-label="${words.say(`${side}.of`, path)}">${content}</div>`
    : html`<div class="value">${content}</div>`;
  return html`<div class="${side}"><p class="caption">${words.say(side)}</p>${box}</div>`;
}

function changeList(changes: readonly Change[], words: Words): Markup {
  if (changes.length === 0) return html`${words.say("changed.unknown")}`;
  return html`<ul class="changes">${changes.map(
    ({ at, by, what }) =>
      html`<li>${time(at)} ${words.say("changed.by")} <b>${by}</b>${what === undefined ? "" : html`: ${what}`}</li>`,
  )}</ul>`;
}
