import { mkdir, mkdtemp, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { driftHtml } from "../../src/report/drift/html/page.ts";
import type { DriftReport } from "../../src/results/drift.ts";
import type { DriftRun } from "../../src/results/driftHistory.ts";
import { fleetDrift } from "../unit/report/fleetDrift.ts";
import { hostileDrift } from "../unit/report/hostileDrift.ts";
import { sampleDrift } from "../unit/report/sampleDrift.ts";
import { sampleRuns } from "../unit/report/sampleRuns.ts";
import { axeFindings } from "./axe.ts";
import { startChromium } from "./chromium.ts";

const desktop = { viewport: { width: 1280, height: 900 } };
const phone = { viewport: { width: 320, height: 640 } };

let browser: Browser;
let stop: () => Promise<void>;
/** Holds the pages, and the screenshots to be looked at. */
let folder: string;

beforeAll(async () => {
  folder = process.env.SCREENSHOTS ?? (await mkdtemp(join(tmpdir(), "drift-report-")));
  await mkdir(folder, { recursive: true });
  ({ browser, stop } = await startChromium());
  console.log(`Chromium ${browser.version()}. Screenshots: ${folder}`);
});
afterAll(async () => stop?.());

/** Opens a report from a file, as a user does. All that the page asks for, and all that its policy refuses, is noted. */
async function open(
  report: DriftReport,
  options: BrowserContextOptions = desktop,
  runs: readonly DriftRun[] = [],
) {
  const file = join(folder, `report-${Math.random().toString(36).slice(2)}.html`);
  await writeFile(file, driftHtml(report, runs));
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const requests: string[] = [];
  const complaints: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(file).href);
  return { page, requests, complaints, file };
}

/** Where one element scrolls under another, axe leaves to people whether the contrast is sufficient. */
const certain = "['violations']";

const number = (page: Page, expression: string) => page.evaluate<number>(expression);
async function screenshot(page: Page, name: string): Promise<void> {
  // A page that was not drawn yet cannot always be captured.
  await page.evaluate("new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
  await page.screenshot({ path: join(folder, `${name}.png`) });
}

const widthOfContent = "document.documentElement.scrollWidth";

describe("axe finds nothing", () => {
  for (const colorScheme of ["light", "dark"] as const) {
    for (const [device, size] of Object.entries({ desktop, phone })) {
      test(`in ${colorScheme} on a ${device}, with filters and without`, async () => {
        const { page } = await open(sampleDrift(), { ...size, colorScheme });
        await screenshot(page, `${device}-${colorScheme}`);
        expect(await axeFindings(page)).toEqual([]);
        await page.getByRole("radio", { name: "Security" }).check();
        await page.getByLabel("Search").fill("production");
        await screenshot(page, `${device}-${colorScheme}-filtered`);
        expect(await axeFindings(page)).toEqual([]);
      });
    }
  }
  test.each(["light", "dark"] as const)("in a history, in %s", async (colorScheme) => {
    for (const [device, size] of Object.entries({ desktop, phone })) {
      const { page, complaints } = await open(sampleDrift(), { ...size, colorScheme }, sampleRuns(9));
      await page.locator("#history").scrollIntoViewIfNeeded();
      await screenshot(page, `history-${device}-${colorScheme}`);
      expect(await axeFindings(page)).toEqual([]);
      expect(complaints).toEqual([]);
      expect(await number(page, widthOfContent)).toBe(size.viewport.width);
    }
  });
  test("in the report of a lone app", async () => {
    const { page } = await open({ ...sampleDrift(), apps: sampleDrift().apps.slice(0, 1), unclaimed: [] });
    await screenshot(page, "lone");
    expect(await axeFindings(page)).toEqual([]);
  });
  test("in reports without differences, without apps, and of a part", async () => {
    const whole = sampleDrift();
    const inSync = whole.apps.filter(({ state }) => state === "inSync");
    for (const report of [
      { ...whole, apps: inSync, unclaimed: [] },
      { ...whole, apps: [] },
      { ...whole, shard: { index: 2, count: 8 }, apps: whole.apps.slice(0, 7) },
    ]) {
      const { page } = await open(report);
      expect(await axeFindings(page)).toEqual([]);
    }
  });
  test("in a report with a row for each org", async () => {
    const { page } = await open(fleetDrift());
    expect(await axeFindings(page, certain)).toEqual([]);
  });
  test("in a report of hostile texts", async () => {
    const { page } = await open(hostileDrift());
    expect(await axeFindings(page, certain)).toEqual([]);
  });
});

describe("the page", () => {
  test("asks for nothing but itself, and its policy refuses nothing of it", async () => {
    const { page, requests, complaints, file } = await open(sampleDrift());
    await page.getByLabel("Search").fill("scopes");
    expect(requests).toEqual([pathToFileURL(file).href]);
    expect(complaints).toEqual([]);
  });
  test("is not wider than a phone", async () => {
    for (const report of [sampleDrift(), hostileDrift()]) {
      const { page } = await open(report, phone);
      expect(await number(page, widthOfContent)).toBe(320);
    }
  });
  test("has columns that no note of a secret's age makes wider", async () => {
    const report = sampleDrift();
    const [first, ...others] = report.apps;
    if (first === undefined) throw new Error("The sample has no app.");
    const secretAge = { since: "2026-01-02T03:04:05Z", knownFrom: "machine" as const };
    const { page } = await open({ ...report, apps: [{ ...first, secretAge }, ...others] });
    const widths = () =>
      page.evaluate<number[]>(
        "[...document.querySelectorAll('#matrix thead th')].map((head) => Math.round(head.getBoundingClientRect().width))",
      );
    expect(await page.locator("#matrix td small").count()).toBe(1);
    const withNote = await widths();
    await screenshot(page, "note-of-age");
    await page.evaluate("document.querySelector('#matrix td small').remove()");
    expect(await widths()).toEqual(withNote);
  });

  test("has headings in order, and heads with a scope in its table", async () => {
    const { page } = await open(sampleDrift());
    const levels = await page.evaluate<number[]>(
      "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((heading) => Number(heading.tagName[1]))",
    );
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (const [index, level] of levels.entries())
      expect(level - (levels[index - 1] ?? 0)).toBeLessThanOrEqual(1);
    expect(await page.locator("th:not([scope])").count()).toBe(0);
  });
  test("is walked by the keyboard: first to the content, and each stop can be seen", async () => {
    const { page } = await open(sampleDrift());
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the content");
    for (let stops = 0; stops < 25; stops++) {
      const outline = await page.evaluate<string>(
        "(() => { const at = document.activeElement; return getComputedStyle(at.matches('input[type=radio]') ? at.nextElementSibling : at).outlineStyle; })()",
      );
      expect(outline).not.toBe("none");
      await page.keyboard.press("Tab");
    }
  });
  test("runs and hides nothing that an org or a spec brought", async () => {
    const { page, requests, complaints } = await open(hostileDrift());
    expect(await page.title()).not.toBe("broken");
    expect(await page.locator("script").count()).toBe(1);
    expect(await page.locator("style").count()).toBe(1);
    expect(await page.locator("img, [onload], [onerror], [onmouseover], a[href^=javascript]").count()).toBe(
      0,
    );
    expect(await page.locator("h1").isVisible()).toBe(true);
    expect([requests.length, complaints]).toEqual([1, []]);
  });
});

describe("a difference", () => {
  test("is reached from the matrix, leads to the next and the one before, and back to the matrix", async () => {
    for (const javaScriptEnabled of [true, false]) {
      const { page } = await open(sampleDrift(), { ...desktop, javaScriptEnabled });
      const target = () => page.evaluate<string>("document.querySelector(':target').id");
      await page.getByRole("cell", { name: "4 differences" }).getByRole("link").click();
      const group = page.locator(":target");
      expect(await group.getByRole("heading", { level: 3 }).innerText()).toBe("CPQ Admin API in production");
      await group.getByRole("link", { name: "Next" }).first().click();
      expect(await target()).toBe("d2");
      await page.locator("#d2").getByRole("link", { name: "Next" }).click();
      await page.locator("#d3").getByRole("link", { name: "Previous" }).click();
      expect(await target()).toBe("d2");
      if (javaScriptEnabled) await screenshot(page, "difference");
      await page.locator("#d2").getByRole("link", { name: "Matrix" }).click();
      expect(await page.locator(":target").innerText()).toContain("4 differences");
    }
  });
  test("shows path, values, place, severity, remedy and change", async () => {
    const { page } = await open(sampleDrift());
    const text = await page.locator(".difference", { hasText: "oauth.scopes" }).first().innerText();
    for (const part of [
      "Security",
      "full not in the spec",
      "sf cpq connectedapp deploy --spec apps/cpq-admin.yaml",
      "apps/cpq-admin.yaml:14:5",
      "2026-11-21T16:42:00Z by Dana Whitfield",
    ])
      expect(text).toContain(part);
  });
});

describe("the filters", () => {
  for (const javaScriptEnabled of [true, false]) {
    test(`show what was asked for, ${javaScriptEnabled ? "with" : "without"} a script`, async () => {
      const { page } = await open(sampleDrift(), { ...desktop, javaScriptEnabled });
      const shown = (selector: string) => page.locator(selector).filter({ visible: true }).count();
      const counts = async () => ({
        rows: await shown("tbody tr"),
        cells: await shown("td .entry"),
        differences: await shown(".difference"),
        unchecked: await shown("article.unchecked"),
        unclaimed: await shown("li.unclaimed"),
      });
      const all = { rows: 6, cells: 30, differences: 14, unchecked: 2, unclaimed: 2 };
      expect(await counts()).toEqual(all);
      await page.getByRole("radio", { name: "Not checked" }).check();
      expect(await counts()).toEqual({ rows: 2, cells: 2, differences: 0, unchecked: 2, unclaimed: 0 });
      await page.getByRole("radio", { name: "Drifted" }).check();
      expect(await counts()).toEqual({ rows: 5, cells: 9, differences: 14, unchecked: 0, unclaimed: 0 });
      await page.getByRole("radio", { name: "Security" }).check();
      expect(await counts()).toEqual({ rows: 3, cells: 4, differences: 5, unchecked: 0, unclaimed: 0 });
      await page.getByLabel("Environment", { exact: true }).selectOption("production (cpq-production)");
      expect(await counts()).toEqual({ rows: 2, cells: 2, differences: 3, unchecked: 0, unclaimed: 0 });
      await page.getByRole("button", { name: "Reset filters" }).click();
      expect(await counts()).toEqual(all);
      await page.getByLabel("Environment", { exact: true }).selectOption("uat (cpq-uat)");
      expect(await counts()).toEqual({ rows: 6, cells: 6, differences: 2, unchecked: 0, unclaimed: 1 });
    });
  }
  test("search for a text, say how much is shown, and let the steps pass over what is hidden", async () => {
    const { page } = await open(sampleDrift());
    await page.getByLabel("Search").fill("RAVI production");
    expect(await page.getByRole("status").innerText()).toBe("3 of 14 differences shown");
    expect(await page.locator("td .entry").filter({ visible: true }).count()).toBe(2);
    const shown = page.locator(".difference").filter({ visible: true });
    await shown.nth(1).getByRole("link", { name: "Next" }).click();
    expect(await page.evaluate("document.querySelector(':target').id")).toBe(
      await shown.nth(2).getAttribute("id"),
    );
  });
  test("offer no search where no script runs", async () => {
    const { page } = await open(sampleDrift(), { ...desktop, javaScriptEnabled: false });
    expect(await page.getByLabel("Search").isVisible()).toBe(false);
  });
});

describe("on paper", () => {
  test("everything is there, whatever the filters hide, and nothing of the controls", async () => {
    const { page } = await open(sampleDrift());
    await page.getByRole("radio", { name: "Not checked" }).check();
    await page.getByLabel("Search").fill("nothing like this");
    const pdf = await page.pdf({ path: join(folder, "report.pdf"), format: "A4" });
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    await page.emulateMedia({ media: "print" });
    expect(await page.locator(".difference").filter({ visible: true }).count()).toBe(14);
    expect(await page.locator("td .entry").filter({ visible: true }).count()).toBe(30);
    expect(await page.locator("form, .steps").filter({ visible: true }).count()).toBe(0);
  });
  test("nothing is cut", async () => {
    for (const report of [hostileDrift(), fleetDrift()]) {
      const { page } = await open(report);
      await page.setViewportSize({ width: 700, height: 900 });
      await page.emulateMedia({ media: "print" });
      const cut =
        "[...document.querySelectorAll('.region, .value')].filter((box) => box.scrollHeight > box.clientHeight + 1 || box.scrollWidth > box.clientWidth + 1).length";
      expect(await number(page, cut)).toBe(0);
      expect(await number(page, widthOfContent)).toBe(700);
    }
  });
});

describe("a fleet of 300 orgs with 3 apps", () => {
  test("fits in 1.5 MB, has a section only for what needs one, and can be filtered", async () => {
    const { page, file } = await open(fleetDrift());
    expect((await stat(file)).size).toBeLessThan(1_500_000);
    expect(await page.locator("td").count()).toBe(900);
    expect(await page.locator(".difference").count()).toBe(200);
    await screenshot(page, "fleet");
    await page
      .getByLabel("Environment", { exact: true })
      .selectOption("customer-001 (customer-1@example.com)");
    expect(await page.locator("tbody tr").filter({ visible: true }).count()).toBe(1);
    await page.getByRole("button", { name: "Reset filters" }).click();
    await page.getByRole("radio", { name: "Not checked" }).check();
    expect(await page.locator("tbody tr").filter({ visible: true }).count()).toBe(4);
  });
  test("is not wider than a phone", async () => {
    const { page } = await open(fleetDrift(), phone);
    expect(await number(page, widthOfContent)).toBe(320);
  });
});
