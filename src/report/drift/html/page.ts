import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import type { Contents } from "./contents.ts";
import { countsOf, verdict } from "./counts.ts";
import { differencesSection } from "./difference.ts";
import { filterRules } from "./filterRules.ts";
import { filters } from "./filters.ts";
import { iconDrawings } from "./icons.ts";
import { matrix } from "./matrix.ts";
import { uncheckedSection, unclaimedSection } from "./otherSections.ts";
import { script } from "./script.ts";
import { styleSheet } from "./styleSheet.ts";
import { summary } from "./summary.ts";
import { type Markup, say } from "./words.ts";

/** The whole page. Its policy lets the browser load nothing at all, and run and apply only what the page came with. */
export function page(contents: Contents): Markup {
  const counts = countsOf(contents);
  const styles = styleSheet + filterRules(contents);
  const policy = `default-src 'none'; style-src ${digest(styles)}; script-src ${digest(script)}; base-uri 'none'; form-action 'none'`;
  const { report, drifted, unchecked } = contents;
  const links: readonly (readonly [string, string, number | undefined])[] = [
    ["matrix", say("matrix"), undefined],
    ...(drifted.length > 0 ? [["differences", say("differences"), counts.differences] as const] : []),
    ...(unchecked.length > 0 ? [["unchecked", say("unchecked"), unchecked.length] as const] : []),
    ["unclaimed", say("unclaimed"), report.unclaimed?.length],
  ];
  return html`<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>${verdict(counts).text} – ${say("title")}</title>
<style>${raw(styles)}</style>
</head>
<body>
<a class="skip" href="#content">${say("skip")}</a>
${iconDrawings}
${summary(contents, counts)}
<main id="content" tabindex="-1">
${
  counts.checks === 0
    ? ""
    : html`<nav class="sections" aria-label="${say("sections")}"><ul>${links.map(
        ([id, label, count]) =>
          html`<li><a href="#${id}">${label}${count === undefined ? "" : html` <b>${count}</b>`}</a></li>`,
      )}</ul></nav>
${filters(contents, counts)}`
}
${matrix(contents)}
${differencesSection(contents)}
${uncheckedSection(contents)}
${unclaimedSection(contents)}
</main>
<footer><p>${say("footer", [report.version])}</p></footer>
<script>${raw(script)}</script>
</body>
</html>
`;
}

/** The one inline text that the policy allows. */
function digest(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
