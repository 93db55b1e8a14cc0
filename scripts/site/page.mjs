import { posix } from "node:path";

const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const escaped = (text) => text.replaceAll(/[&<>"]/g, (found) => escapes[found]);

function navigation(page, pages) {
  const link = (other) => {
    const href = posix.relative(posix.dirname(page.place), other.place);
    const current = other.place === page.place ? ' aria-current="page"' : "";
    return `<li><a href="${href}"${current}>${escaped(other.title)}</a></li>`;
  };
  return [...new Set(pages.map(({ group }) => group))]
    .map((group) => {
      const items = pages.filter((other) => other.group === group).map(link);
      return `<details${group === page.group ? " open" : ""}><summary>${group}</summary><ul>${items.join("")}</ul></details>`;
    })
    .join("\n");
}

/** A whole page of the site. */
export function htmlPage(page, pages) {
  const up = posix.relative(posix.dirname(page.place), "") || ".";
  const title = page.title === "sf-plugin-cpq" ? page.title : `${page.title} · sf-plugin-cpq`;
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escaped(title)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="${up}/site.css">
</head>
<body data-root="${up}">
<a class="skip" href="#content">Skip to content</a>
<header><a class="name" href="${up}/index.html">sf-plugin-cpq</a>
<form role="search"><label for="search">Search</label><input id="search" type="search" autocomplete="off"></form></header>
<div class="results" role="status" aria-live="polite"></div>
<div class="columns">
<nav aria-label="Pages"><button type="button" aria-expanded="false" aria-controls="pages">Pages</button><div id="pages">
${navigation(page, pages)}
</div></nav>
<main id="content">
${page.html}</main>
</div>
<script src="${up}/minisearch.js"></script>
<script src="${up}/search-index.js"></script>
<script src="${up}/site.js"></script>
</body>
</html>
`;
}
