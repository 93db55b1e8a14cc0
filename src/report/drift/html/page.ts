import { createHash } from "node:crypto";
import { html, raw } from "hono/html";
import { visibleText } from "../../../app/visibleText.ts";
import type { DriftReport } from "../../../results/drift.ts";
import type { DriftRun } from "../../../results/driftHistory.ts";
import { drawings, script, styleSheet } from "./assets.ts";
import { type Contents, contentsOf } from "./contents.ts";
import { differencesSection } from "./differences.ts";
import { filterRules, filters } from "./filters.ts";
import { historySection } from "./history.ts";
import { type Markup, say } from "./markup.ts";
import { matrix } from "./matrix.ts";
import { uncheckedSection, unclaimedSection } from "./otherSections.ts";
import { countsOf, summary, verdict } from "./summary.ts";

/**
 * A drift report as one HTML file that needs nothing else: no network, and to be read, no script. Whatever an org or a
 * spec holds is shown as text. Invisible characters, and those that change the direction of text, are shown as
 * `[U+202E]`.
 *
 * @param runs the last runs, oldest first, to draw how drift went; nothing is drawn without them
 */
export function driftHtml(report: DriftReport, runs: readonly DriftRun[] = []): string {
  // For the whole page at once, so that no place can be forgotten.
  return visibleText(page(contentsOf(report), runs).toString());
}

/** The whole page. Its policy lets the browser load nothing at all, and run and apply only what is in the page. */
function page(contents: Contents, runs: readonly DriftRun[]): Markup {
  const { report, drifted, unchecked } = contents;
  const counts = countsOf(contents);
  // There is nothing to choose from in the report of one app.
  const several = report.apps.length > 1;
  const styles = styleSheet() + (several ? filterRules(contents) : "");
  const code = script();
  const policy = `default-src 'none'; style-src ${digest(styles)}; script-src ${digest(code)}; base-uri 'none'; form-action 'none'`;
  const links: readonly (readonly [string, string, number | undefined])[] = [
    ["matrix", say("matrix"), undefined],
    ...(drifted.length > 0 ? [["differences", say("differences"), counts.differences] as const] : []),
    ...(unchecked.length > 0 ? [["unchecked", say("unchecked"), unchecked.length] as const] : []),
    ["unclaimed", say("unclaimed"), report.unclaimed?.length],
    ...(runs.length > 0 ? [["history", say("history"), undefined] as const] : []),
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
${raw(drawings())}
${summary(contents, counts)}
<main id="content" tabindex="-1">
${
  counts.checks === 0
    ? ""
    : html`<nav class="sections" aria-label="${say("sections")}"><ul>${links.map(
        ([id, label, count]) =>
          html`<li><a href="#${id}">${label}${count === undefined ? "" : html` <b>${count}</b>`}</a></li>`,
      )}</ul></nav>
${several ? filters(contents, counts) : ""}`
}
${matrix(contents)}
${differencesSection(contents)}
${uncheckedSection(contents)}
${unclaimedSection(contents)}
${historySection(runs, contents)}
</main>
<footer><p>${say("footer", [report.version])}</p></footer>
<script>${raw(code)}</script>
</body>
</html>
`;
}

/** The one inline text that the policy allows. */
function digest(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}
