// Builds the documentation as a static site into the folder site/, or into the one that is named: pages that work from a
// server as from the disk, with search and without anything from elsewhere.
import { cpSync, globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { htmlPage } from "./site/page.mjs";
import { rendered } from "./site/render.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const target = process.argv[2] ?? join(root, "site");
const found = (...patterns) =>
  globSync(patterns, { cwd: root, exclude: ["examples/existing-project/force-app/**"] })
    .map((file) => file.split(sep).join("/"))
    .sort();

/** Groups of the navigation, each with its pages in their order. */
const groups = [
  { title: "Start", pages: ["README.md", "docs/README.md", "docs/getting-started.md", "docs/concepts.md"] },
  { title: "Guides", pages: found("docs/guides/*.md") },
  { title: "Examples", pages: ["examples/README.md", ...found("examples/*/README.md")] },
  {
    title: "Know",
    pages: [
      "docs/permissions.md",
      "SECURITY.md",
      "docs/troubleshooting.md",
      "docs/comparison.md",
      "docs/benchmarks.md",
      "docs/demo.md",
      "docs/uninstall.md",
    ],
  },
  { title: "Reference", pages: [...found("docs/reference/*.md"), ...found("docs/reference/commands/*.md")] },
  { title: "Decisions", pages: ["docs/decisions/README.md", ...found("docs/decisions/[a-z]*.md")] },
  { title: "Project", pages: ["CHANGELOG.md", "CONTRIBUTING.md"] },
];

/** Where a page of Markdown is in the site. */
const placeOf = (page) => page.replace(/README\.md$/, "index.html").replace(/\.md$/, ".html");

const write = (file, content) => {
  mkdirSync(dirname(join(target, file)), { recursive: true });
  writeFileSync(join(target, file), content);
};

rmSync(target, { recursive: true, force: true });
const pages = groups.flatMap(({ title, pages: files }) =>
  files.map((file) => ({
    file,
    group: title,
    place: placeOf(file),
    ...rendered(readFileSync(join(root, file), "utf8"), placeOf),
  })),
);
for (const page of pages) write(page.place, htmlPage(page, pages));
const sections = pages.flatMap(({ place, title, sections: parts }) =>
  parts.map(({ heading, anchor, text }) => ({
    place: anchor ? `${place}#${anchor}` : place,
    title,
    heading,
    text,
  })),
);
write(
  "search-index.js",
  `globalThis.sectionsOfSite = ${JSON.stringify(sections).replaceAll("<", "\\u003c")};\n`,
);

// What pages show and lead to besides.
for (const file of found("docs/images/*", "docs/*.png", "schemas/**/*.json", "examples/**/*.yaml", "LICENSE"))
  cpSync(join(root, file), join(target, file));
for (const file of found("scripts/site/assets/*"))
  cpSync(join(root, file), join(target, relative("scripts/site/assets", file)));
const library = createRequire(import.meta.url).resolve("minisearch");
cpSync(join(dirname(library), "..", "umd", "index.js"), join(target, "minisearch.js"));
console.log(`${pages.length} pages in ${target}`);
