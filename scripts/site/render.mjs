import MarkdownIt from "markdown-it";

/** The anchor of a heading, as GitHub makes it. */
const anchorOf = (heading) =>
  heading
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");

const textOf = (inline) =>
  (inline.children ?? [])
    .filter(({ type }) => ["text", "code_inline", "softbreak"].includes(type))
    .map(({ content }) => content || " ")
    .join("");

/** What leads to a page of Markdown leads to its page in the site. */
function siteLink(target, placeOf) {
  if (/^[a-z][a-z0-9+.-]*:/i.test(target)) return target;
  const [path, anchor] = target.split("#");
  return `${placeOf(path)}${anchor === undefined ? "" : `#${anchor}`}`;
}

const roles = {
  thead_open: "rowgroup",
  tbody_open: "rowgroup",
  tr_open: "row",
  th_open: "columnheader",
  td_open: "cell",
};

/** Gives each cell the head of its column: on a phone, a row is a list of its cells. Its role remains then. */
function nameCells(tokens) {
  let heads = [];
  let column = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.type === "thead_open") heads = [];
    if (token.type === "tr_open") column = 0;
    if (token.type === "th_open") heads.push(textOf(tokens[index + 1]));
    if (token.type === "td_open") token.attrSet("data-head", heads[column++] ?? "");
    const role = roles[token.type];
    if (role !== undefined) token.attrSet("role", role);
  }
}

/** A page as HTML, with its title, and its text by sections for the search. */
export function rendered(source, placeOf) {
  const markdown = new MarkdownIt({ html: true });
  // Wide tables and code scroll by themselves, by keyboard too.
  markdown.renderer.rules.table_open = () => '<div class="wide" tabindex="0"><table role="table">\n';
  markdown.renderer.rules.table_close = () => "</table></div>\n";
  const { code_inline: code, fence } = markdown.renderer.rules;
  // A line would break behind the hyphens of a flag.
  markdown.renderer.rules.code_inline = (...args) =>
    code(...args).replace(/--[\w-]+/g, '<span class="flag">$&</span>');
  markdown.renderer.rules.fence = (...args) => fence(...args).replace("<pre>", '<pre tabindex="0">');
  const tokens = markdown.parse(source, {});
  nameCells(tokens);
  const sections = [];
  const anchors = new Map();
  let title = "";
  for (const [index, token] of tokens.entries()) {
    if (token.type === "heading_open") {
      const heading = textOf(tokens[index + 1]);
      const plain = anchorOf(heading);
      const count = anchors.get(plain) ?? 0;
      anchors.set(plain, count + 1);
      const anchor = count === 0 ? plain : `${plain}-${count}`;
      token.attrSet("id", anchor);
      if (token.tag === "h1") title = heading;
      sections.push({ heading, anchor: token.tag === "h1" ? "" : anchor, text: "" });
    } else if (token.type === "inline") {
      for (const child of token.children ?? []) {
        if (child.type === "link_open") child.attrSet("href", siteLink(child.attrGet("href") ?? "", placeOf));
      }
      const section = sections.at(-1);
      if (section !== undefined) section.text += ` ${textOf(token)}`;
    } else if (token.type === "fence" && sections.length > 0) {
      sections.at(-1).text += ` ${token.content.slice(0, 2000)}`;
    }
  }
  return { title, sections, html: markdown.renderer.render(tokens, markdown.options, {}) };
}
