import type { DriftReport } from "../../results/drift.ts";
import { contentsOf } from "./html/contents.ts";
import { page } from "./html/page.ts";
import { visibleText } from "./html/visibleText.ts";

/**
 * A drift report as one HTML file that needs nothing else: no network, and no script to be read. Whatever an org or a spec
 * holds is shown as text; characters that cannot be seen, or that turn the text around them, are shown as `[U+202E]`.
 */
export function driftHtml(report: DriftReport): string {
  // On the whole page at once, so that no place can be forgotten.
  return visibleText(page(contentsOf(report)).toString());
}
