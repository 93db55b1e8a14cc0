import { html } from "hono/html";
import type { Severity } from "../../../app/severity.ts";
import type { AppDrift } from "../../../results/drift.ts";
import { type Contents, severities, states } from "./contents.ts";
import { countText, icon, type Markup, say, time } from "./markup.ts";

/** The numbers of a report. A check is one app in one environment. */
export type Counts = Record<"checks" | "differences" | AppDrift["state"] | Severity, number>;

export function countsOf({ report: { apps }, drifted }: Contents): Counts {
  const found = drifted.flatMap(({ differences }) => differences);
  const counts: Counts = {
    checks: apps.length,
    differences: found.length,
    inSync: 0,
    drifted: 0,
    unchecked: 0,
    security: 0,
    function: 0,
    appearance: 0,
  };
  for (const state of states) counts[state] = apps.filter((app) => app.state === state).length;
  for (const severity of severities)
    counts[severity] = found.filter(({ drift }) => drift.severity === severity).length;
  return counts;
}

/** The whole report in a few words, also for the title of the window. */
export function verdict(counts: Counts): { icon: string; text: string } {
  if (counts.checks === 0) return { icon: "unchecked", text: say("verdict.nothing") };
  if (counts.differences > 0)
    return { icon: "drifted", text: countText("verdict.drifted", counts.differences) };
  if (counts.unchecked > 0)
    return { icon: "unchecked", text: countText("verdict.unchecked", counts.unchecked) };
  return { icon: "inSync", text: say("verdict.inSync") };
}

/** Head of the page: what was found, when, and how many of each. */
export function summary({ report }: Contents, counts: Counts): Markup {
  const { shard, unclaimed, checkedAt } = report;
  const found = verdict(counts);
  return html`<header class="top">
<p class="product">${say("title")}</p>
<h1 class="verdict ${found.icon}">${icon(found.icon)}<span>${found.text}</span></h1>
<p class="sentence">${countText("checks", counts.checks)}${
    counts.unchecked > 0 && counts.differences > 0 ? ` ${say("alsoUnchecked", [counts.unchecked])}` : ""
  } <span class="time">${say("checkedAt")} ${time(checkedAt)}</span></p>
${shard === undefined ? "" : html`<p class="notice">${say("shard", [shard.index, shard.count])}</p>`}
${counts.checks === 0 ? "" : figures(counts, unclaimed?.length)}
</header>`;
}

function figures(counts: Counts, unclaimed: number | undefined): Markup {
  return html`${bar(counts)}
<div class="figures">
<div><p class="caption">${say("figures.states")}</p>
<dl>${states.map((state) => figure(state, say(`state.${state}`), counts[state]))}</dl></div>
<div><p class="caption">${say("figures.severities")}</p>
<dl>${severities.map((severity) => figure(severity, say(`severity.${severity}`), counts[severity]))}</dl></div>
${
  unclaimed === undefined
    ? ""
    : html`<div><p class="caption">${say("figures.others")}</p>
<dl>${figure("unclaimed", say("unclaimed.short"), unclaimed)}</dl></div>`
}
</div>`;
}

function figure(name: string, label: string, count: number): Markup {
  return html`<div class="figure ${count > 0 ? name : "zero"}"><dt>${icon(name)}${label}</dt><dd>${count}</dd></div>`;
}

/** The share of each state. The numbers below say the same in words, so it is hidden from screen readers. */
function bar(counts: Counts): Markup {
  const shares = states.map((state, index) => {
    const before = states.slice(0, index).reduce((sum, other) => sum + counts[other], 0);
    return html`<rect class="${state}" x="${(before / counts.checks) * 100}" width="${(counts[state] / counts.checks) * 100}" height="1"/>`;
  });
  return html`<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">${shares}</svg>`;
}
