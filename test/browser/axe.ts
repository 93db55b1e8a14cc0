import axe from "axe-core";
import type { Page } from "playwright-core";

interface AxeResult {
  id: string;
  nodes: { target: string[] }[];
}

/** What axe finds, and what it could not decide, each with the elements. */
export async function axeFindings(page: Page, kinds = "['violations', 'incomplete']"): Promise<string[]> {
  await page.evaluate(axe.source);
  const results = await page.evaluate<AxeResult[]>(
    `axe.run(document).then((results) => ${kinds}.flatMap((kind) => results[kind]))`,
  );
  return results.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target.join(" ")).join(", ")}`);
}
