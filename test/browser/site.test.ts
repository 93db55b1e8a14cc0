import { execFileSync } from "node:child_process";
import { globSync } from "node:fs";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { axeFindings } from "./axe.ts";
import { startChromium } from "./chromium.ts";

const root = join(import.meta.dirname, "..", "..");
const desktop = { viewport: { width: 1280, height: 900 } };
const views: { title: string; options: BrowserContextOptions }[] = [
  { title: "light", options: { ...desktop, colorScheme: "light" } },
  { title: "dark", options: { ...desktop, colorScheme: "dark" } },
  { title: "phone", options: { viewport: { width: 320, height: 640 } } },
];

let browser: Browser;
let stop: () => Promise<void>;
let site: string;
let pictures: string;

beforeAll(async () => {
  site = await mkdtemp(join(tmpdir(), "docs-site-"));
  pictures = process.env.SCREENSHOTS ?? site;
  execFileSync(process.execPath, ["scripts/site.mjs", site], { cwd: root });
  await mkdir(pictures, { recursive: true });
  ({ browser, stop } = await startChromium());
});
afterAll(async () => {
  await stop?.();
  await rm(site, { recursive: true, force: true });
});

/** Opens a page from the disk; what it asks for, and what it complains of, is noted. */
async function open(file: string, options: BrowserContextOptions) {
  const context = await browser.newContext(options);
  onTestFinished(() => context.close());
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("request", (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(request.url());
  });
  page.on("requestfailed", (request) => complaints.push(`not found: ${request.url()}`));
  page.on("console", (message) => complaints.push(message.text()));
  page.on("pageerror", (error) => complaints.push(error.message));
  await page.goto(pathToFileURL(join(site, file)).href);
  return { page, complaints };
}

const pages = ["index.html", "docs/troubleshooting.html", "docs/reference/spec.html", "docs/concepts.html"];
const seen = views.flatMap((view) => pages.map((file) => ({ ...view, file })));

test.each(seen)("$file can be used by everybody: $title", async ({ title, options, file }) => {
  const { page, complaints } = await open(file, options);
  // axe asks for the styles itself, which a page from the disk may not.
  expect(complaints).toEqual([]);
  expect(await axeFindings(page, "['violations']")).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")).toBe(true);
  await page.screenshot({ path: join(pictures, `site-${title}-${file.replaceAll("/", "-")}.png`) });
});

test("the search leads to the section that has the words", async () => {
  const { page, complaints } = await open("docs/guides/drift.html", desktop);
  await page.getByLabel("Search").fill("admin approved invalid_app_access");
  const first = page.locator(".results a").first();
  expect(await first.textContent()).toContain("invalid_app_access");
  await first.click();
  expect(page.url()).toContain("troubleshooting.html#invalid_app_access");
  await page.getByLabel("Search").fill("xyzzyplugh");
  expect(await page.locator(".results").textContent()).toBe("Nothing was found.");
  expect(complaints).toEqual([]);
});

test("on a phone, the list of pages opens on demand", async () => {
  const { page } = await open("index.html", views[2]?.options ?? {});
  expect(await page.locator("#pages").isVisible()).toBe(false);
  await page.getByRole("button", { name: "Pages" }).click();
  expect(await page.locator("#pages").isVisible()).toBe(true);
});

test("on a phone, no table scrolls sideways, and no flag breaks behind its hyphens", async () => {
  const { page } = await open("docs/reference/spec.html", views[2]?.options ?? {});
  const tables = await page.evaluate<boolean[]>(
    "[...document.querySelectorAll('.wide')].map(({ scrollWidth, clientWidth }) => scrollWidth <= clientWidth)",
  );
  expect(new Set(tables)).toEqual(new Set([true]));
  expect(await page.getByRole("row").count()).toBeGreaterThan(20);
  await page.goto(pathToFileURL(join(site, "docs/guides/promotion.html")).href);
  const lines = await page.evaluate<number[]>(
    "[...document.querySelectorAll('code .flag')].map((flag) => flag.getClientRects().length)",
  );
  expect(new Set(lines)).toEqual(new Set([1]));
});

test("every link within the site leads to a file and an anchor that are there", async () => {
  const { page } = await open("index.html", desktop);
  const files = globSync("**/*.html", { cwd: site });
  const anchors = new Map<string, Set<string>>();
  const links: { from: string; to: string }[] = [];
  for (const file of files) {
    await page.goto(pathToFileURL(join(site, file)).href);
    const found = await page.evaluate<{ ids: string[]; links: string[] }>(
      "({ ids: [...document.querySelectorAll('[id]')].map(({ id }) => id), links: [...document.querySelectorAll('a[href]')].map(({ href }) => href) })",
    );
    anchors.set(pathToFileURL(join(site, file)).href, new Set(found.ids));
    links.push(...found.links.filter((to) => to.startsWith("file:")).map((to) => ({ from: file, to })));
  }
  const others = new Set(globSync("**/*", { cwd: site }).map((file) => pathToFileURL(join(site, file)).href));
  const broken = links.filter(({ to }) => {
    const [file = "", anchor] = to.split("#");
    if (anchors.has(file)) return anchor !== undefined && anchors.get(file)?.has(decodeURI(anchor)) !== true;
    return !others.has(file);
  });
  expect(files.length).toBeGreaterThan(50);
  expect(links.length).toBeGreaterThan(1000);
  expect([...new Set(broken.map(({ from, to }) => `${from} → ${to}`))]).toEqual([]);
});
