import { html } from "hono/html";
import type { UnclaimedApp } from "../../../results/drift.ts";
import { passedOverTexts } from "../sentences.ts";
import type { Contents, Entry, Place } from "./contents.ts";
import { entryHeading, entryMeta, orgName } from "./entry.ts";
import { icon, type Markup, say, shortText, stepList } from "./markup.ts";

/** What could not be checked: why, and what to do. */
export function uncheckedSection({ unchecked }: Contents): Markup | undefined {
  if (unchecked.length === 0) return undefined;
  return html`<section id="unchecked" data-state="unchecked">
<h2>${say("unchecked")}</h2>
<p class="intro">${say("unchecked.intro")}</p>
${unchecked.map((entry) => uncheckedArticle(entry))}
</section>`;
}

function uncheckedArticle(entry: Entry): Markup {
  const { number, place, result } = entry;
  const { message, actions } = result.failure ?? { message: say("unchecked.noReason"), actions: [] };
  return html`<article class="unchecked" id="u${number}" data-place="${place.id}" aria-labelledby="h-u${number}">
<p class="eyebrow"><span class="badge unchecked">${icon("unchecked")}${say("state.unchecked")}</span></p>
<h3 id="h-u${number}">${entryHeading(entry)}</h3>
<p class="detail">${message}</p>
${stepList(actions)}
${entryMeta(entry)}
<p class="steps"><a class="back" href="#c${number}">↑ ${say("backToMatrix")}</a></p>
</article>`;
}

/** Apps that no spec claims. If there are none, whether nobody looked or none was found. */
export function unclaimedSection({ report, places }: Contents): Markup {
  const { unclaimed } = report;
  const apps =
    unclaimed === undefined || unclaimed.length === 0
      ? html`<p class="intro">${say(unclaimed === undefined ? "unclaimed.unknown" : "unclaimed.none")}</p>`
      : html`<p class="intro">${say("unclaimed.intro")}</p><ul class="cards">${unclaimed.map((app) => unclaimedCard(app, places))}</ul>`;
  return html`<section id="unclaimed" data-state="unclaimed">
<h2>${say("unclaimed")}</h2>
${apps}
${passedOverTexts(report).map((text) => html`<p class="intro">${text}</p>`)}
</section>`;
}

function unclaimedCard({ kind, name, label, org, why }: UnclaimedApp, places: readonly Place[]): Markup {
  const there = places.filter((place) => place.org === org.name).map(({ id }) => id);
  return html`<li class="unclaimed" data-place="${there.join(" ")}">
<h3><bdi>${shortText(label)}</bdi></h3>
<p>${why.map((reason) => html`<span class="badge unclaimed">${icon("unclaimed")}${say(`why.${reason}`)}</span> `)}</p>
<ul class="meta"><li>${say(`app.${kind}`)} <code>${name}</code></li><li>${say("org")} ${orgName(org)}</li></ul>
</li>`;
}
