import { existsSync, globSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..", "..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const pages = globSync(["*.md", "docs/**/*.md", "examples/**/*.md"], { cwd: root })
  .map((file) => file.split(sep).join("/"))
  .sort();

const withoutCode = (text: string) => text.replaceAll(/^```[\s\S]*?^```/gm, "").replaceAll(/`[^`\n]*`/g, "");

interface Link {
  page: string;
  target: string;
}

/** Links of Markdown, and images of HTML. */
function linksOf(page: string): Link[] {
  const text = withoutCode(read(page));
  const targets = [
    ...[...text.matchAll(/\]\(([^()\s]+)\)/g)].map(([, target = ""]) => target),
    ...[...text.matchAll(/(?:src|srcset|href)="([^"]+)"/g)].map(([, target = ""]) => target),
  ];
  return targets.map((target) => ({ page, target }));
}

/** The anchors of a page, as GitHub makes them of its headings. */
function anchorsOf(page: string): string[] {
  const headings = read(page)
    .replaceAll(/^```[\s\S]*?^```/gm, "")
    .matchAll(/^#{1,6} (.+)$/gm);
  return [...headings].map(([, heading = ""]) =>
    heading
      .replaceAll(/[`*]|\[|\]\([^)]*\)/g, "")
      .trim()
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

function problemOf({ page, target }: Link): string | undefined {
  const [path = "", anchor] = target.split("#");
  const file =
    path === ""
      ? page
      : relative(root, join(root, dirname(page), path))
          .split(sep)
          .join("/");
  if (!existsSync(join(root, file))) return `${page}: there is no ${target}`;
  if (statSync(join(root, file)).isDirectory()) return `${page}: ${target} is a folder, not a page`;
  if (anchor === undefined || anchorsOf(file).includes(anchor)) return undefined;
  return `${page}: ${file} has no heading for #${anchor}`;
}

const isInternal = ({ target }: Link) => !/^[a-z][a-z0-9+.-]*:/i.test(target);
const links = pages.flatMap(linksOf);

test("every link of the documentation leads to a file and a heading that are there", () => {
  const internal = links.filter(isInternal);
  expect(internal.length).toBeGreaterThan(150);
  expect(internal.map(problemOf).filter((problem) => problem !== undefined)).toEqual([]);
});

test("every page of docs/ can be reached from its first page", () => {
  const reached = new Set(["docs/README.md"]);
  for (const page of reached) {
    for (const link of linksOf(page).filter(isInternal)) {
      const file = relative(root, join(root, dirname(page), link.target.split("#")[0] ?? ""));
      if (file.endsWith(".md") && existsSync(join(root, file))) reached.add(file.split(sep).join("/"));
    }
  }
  expect(pages.filter((page) => page.startsWith("docs/") && !reached.has(page))).toEqual([]);
});

test("every page has one title, which is its first heading", () => {
  const titles = pages.map((page) => ({
    page,
    titles: read(page)
      .replaceAll(/^```[\s\S]*?^```/gm, "")
      .match(/^# .+$/gm)?.length,
  }));
  expect(titles.filter(({ titles }) => titles !== 1)).toEqual([]);
});

test("the README is a screen and a half: at most 200 lines, none longer than 120 characters", () => {
  const lines = read("README.md").split("\n");
  expect(lines.length).toBeLessThanOrEqual(201);
  expect(lines.filter((line) => line.length > 120)).toEqual([]);
});

describe("SECURITY.md", () => {
  const claims = [...read("SECURITY.md").matchAll(/`(test\/[\w/.]+\.test\.ts)`: (.+?) \|$/gm)];

  test("names a test for what it claims", () => expect(claims.length).toBeGreaterThan(12));

  test.each(claims.map(([, file = "", title = ""]) => ({ file, title })))(
    "$file has the test: $title",
    ({ file, title }) => {
      expect(read(file)).toContain(title);
    },
  );
});
