import type { Messages } from "@salesforce/core/messages";
import type { DriftReport } from "../../results/drift.ts";
import { contentsOf } from "./html/contents.ts";
import { page } from "./html/page.ts";
import { visibleText } from "./html/visibleText.ts";
import { wordsOf } from "./html/words.ts";

/**
 * A drift report as one HTML file that needs nothing else: no network, and no script to be read. Whatever an org or a spec
 * holds is shown as text; characters that cannot be seen, or that turn the text around them, are shown as `[U+202E]`.
 *
 * @param messages the texts of `driftHtml`
 */
export function driftHtml(report: DriftReport, messages: Messages<string>): string {
  // On the whole page at once, so that no place can be forgotten.
  return visibleText(page(contentsOf(report), wordsOf(messages)).toString());
}
