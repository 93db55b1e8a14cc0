import { html } from "hono/html";
import type { Entry, Place } from "./contents.ts";
import { type Markup, say, shortText } from "./markup.ts";

/** An app in an environment, as a heading. */
export function entryHeading({ result, place }: Entry): Markup {
  return html`<bdi>${shortText(result.label)}</bdi> <span class="in">${say("in")}</span> <bdi>${shortText(place.environment ?? place.org)}</bdi>`;
}

/** What identifies the app and the org exactly. */
export function entryMeta({ result, facts }: Entry): Markup {
  const { kind, name, org, specFile } = result;
  return html`<ul class="meta">
<li>${say(`app.${kind}`)} <code>${name}</code></li>
<li>${say("org")} ${orgName(org)}</li>
<li>${say("spec")} <code>${specFile}</code></li>
${facts.map(([fact, text]) => html`<li>${fact} ${text}</li>`)}
</ul>`;
}

/** An org with its Id, and a link to it if it is reached over HTTPS. */
export function orgName({ name, id, instanceUrl }: Entry["result"]["org"]): Markup {
  const url = instanceUrl === undefined ? undefined : httpsUrl(instanceUrl);
  return html`<code>${name}</code>${id === undefined ? "" : html` <code>${id}</code>`}${
    instanceUrl === undefined
      ? ""
      : url === undefined
        ? html` ${instanceUrl}`
        : html` <a href="${url.href}" rel="noopener noreferrer">${url.host}</a>`
  }`;
}

/** An environment of the spec, with its org if that has another name. */
export function placeName({ environment, org }: Place): string {
  return shortText(environment === undefined || environment === org ? org : `${environment} (${org})`);
}

/** Any other address, such as `javascript:`, must not become a link. */
function httpsUrl(address: string): URL | undefined {
  const url = URL.parse(address);
  return url?.protocol === "https:" ? url : undefined;
}
