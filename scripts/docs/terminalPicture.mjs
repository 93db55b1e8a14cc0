// Draws what a terminal showed as SVG: text with the colors of its escape sequences.
import { stripVTControlCharacters } from "node:util";

/** How the escape sequences of colors begin. */
const sequence = "\u001b[";
const palettes = {
  light: {
    back: "#ffffff",
    bar: "#eaeef2",
    text: "#1f2328",
    31: "#b42318",
    32: "#116329",
    33: "#7d4e00",
    34: "#0550ae",
    35: "#7a3a9a",
    36: "#0a5c63",
    dim: "#59636e",
  },
  dark: {
    back: "#0d1117",
    bar: "#21262d",
    text: "#e6edf3",
    31: "#ff8a80",
    32: "#56d364",
    33: "#e3b341",
    34: "#79c0ff",
    35: "#d2a8ff",
    36: "#76e3ea",
    dim: "#9da7b3",
  },
};
const charWidth = 7.83;
const lineHeight = 18;
const margin = 16;
const barHeight = 30;
const escapes = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
const escaped = (text) => text.replaceAll(/[&<>]/g, (found) => escapes[found]);

/** The spans of a line, each with the codes that hold for it. */
function spansOf(line, state) {
  const spans = [];
  for (const [index, part] of line.split(sequence).entries()) {
    const end = index === 0 ? 0 : part.indexOf("m") + 1;
    if (index > 0)
      apply(
        part
          .slice(0, end - 1)
          .split(";")
          .map(Number),
        state,
      );
    if (part.length > end) spans.push({ text: part.slice(end), ...state });
  }
  return spans;
}

function apply(codes, state) {
  for (const number of codes) {
    if (number === 0) Object.assign(state, { color: undefined, bold: false, dim: false });
    else if (number === 1) state.bold = true;
    else if (number === 2) state.dim = true;
    else if (number === 22) Object.assign(state, { bold: false, dim: false });
    else if (number === 39) state.color = undefined;
    else if (number >= 30 && number <= 37) state.color = number;
    else if (number >= 90 && number <= 97) state.color = number - 60;
  }
}

/** Words with their columns, so that tables stay tables where the reader has no font of a terminal. */
function textOf(line, y, palette, state) {
  let column = 0;
  const spans = spansOf(line, state).flatMap(({ text, color, bold, dim }) => {
    const fill = palette[color] ?? (dim ? palette.dim : undefined);
    const style = `${fill === undefined ? "" : ` fill="${fill}"`}${bold ? ' font-weight="bold"' : ""}`;
    const start = column;
    column += text.length;
    return [...text.matchAll(/\S+(?: \S+)*/g)].map(({ 0: words, index }) => {
      const x = (margin + (start + index) * charWidth).toFixed(1);
      return `<tspan x="${x}"${style}>${escaped(words)}</tspan>`;
    });
  });
  return spans.length === 0 ? "" : `<text y="${y}">${spans.join("")}</text>\n`;
}

/** The picture of a terminal session, in the colors of a light or a dark screen. */
export function terminalPicture(session, name, title) {
  const palette = palettes[name];
  const lines = session.split("\n");
  const longest = Math.max(...lines.map((line) => stripVTControlCharacters(line).length));
  const width = Math.ceil(longest * charWidth + 2 * margin);
  const height = barHeight + margin * 2 + lines.length * lineHeight - 6;
  const state = { color: undefined, bold: false, dim: false };
  const texts = lines.map((line, index) =>
    textOf(line, barHeight + margin + 12 + index * lineHeight, palette, state),
  );
  const dots = [0, 1, 2].map(
    (index) => `<circle cx="${20 + index * 18}" cy="15" r="5.5" fill="${palette.dim}"/>`,
  );
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="title">
<title id="title">${escaped(title)}</title>
<rect width="${width}" height="${height}" rx="8" fill="${palette.back}" stroke="${palette.bar}"/>
<path d="M0 8a8 8 0 0 1 8-8h${width - 16}a8 8 0 0 1 8 8v22H0z" fill="${palette.bar}"/>
${dots.join("")}
<g font-family="ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', 'Liberation Mono', monospace" font-size="13" fill="${palette.text}">
${texts.join("")}</g>
</svg>
`;
}
