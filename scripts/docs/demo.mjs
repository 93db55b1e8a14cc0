// What `npm run demo` prints, as it was once: the page of the demo, and the picture of its heart.
import { execFileSync } from "node:child_process";
import { stripVTControlCharacters } from "node:util";
import { page } from "./markdown.mjs";
import { terminalPicture } from "./terminalPicture.mjs";

/** What is different each time, as it was once. */
const samples = [
  [/process \d+/g, "process 4711"],
  [/\S*\/cpq-consumers\.json/g, "/home/me/.sf/cpq-consumers.json"],
  [/CORE_ATJWT\.[\w.]+/g, "CORE_ATJWT.00Dal0SvjFzS9iWOEQ.1780000000000"],
  [/\(005\w{15}\)/g, "(005al0qGIHW0qSk1MO)"],
  [/\(0Af\w{15}\)/g, "(0Afal0cNGEgUuTkWGU)"],
  [/\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ \([^)]*ago\)/g, "2026-11-24T02:30:00Z (less than a minute ago)"],
  [/consumer key [\w.]{8}…/g, "consumer key 3MVG9al0…"],
];

function recorded(root) {
  const ports = [];
  const output = execFileSync(process.execPath, ["scripts/demo.mjs"], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, FORCE_COLOR: "1", NO_COLOR: undefined },
    stdio: ["ignore", "pipe", 2],
  });
  const numbered = output.replace(/localhost:(\d+)/g, (_, port) => {
    if (!ports.includes(port)) ports.push(port);
    return `localhost:${41_780 + ports.indexOf(port)}`;
  });
  return samples.reduce((text, [pattern, sample]) => text.replace(pattern, sample), numbered).trim();
}

/** From the command that first deploys, to the end of the first drift. */
function heartOf(session) {
  const start = session.indexOf("$ sf cpq connectedapp deploy");
  const firstDrift = session.indexOf("$ sf cpq connectedapp drift");
  const end = session.indexOf("(exit code 3)", firstDrift) + "(exit code 3)".length;
  if (start < 0 || firstDrift < 0 || end < firstDrift)
    throw new Error("The demo has no deploy and drift to draw.");
  return session.slice(start, end);
}

const wrapped = (line, width) => {
  if (stripVTControlCharacters(line).length <= width) return [line];
  const at = line.lastIndexOf(" ", width);
  const space = at > 20 ? at : width;
  const indent = /^ */.exec(line)[0];
  return [line.slice(0, space), ...wrapped(`${indent}  ${line.slice(space).trimStart()}`, width)];
};

/** Files by their paths below docs/. */
export function demoFiles(root) {
  const session = recorded(root);
  const heart = heartOf(session)
    .split("\n")
    .flatMap((line) => wrapped(line, 112))
    .join("\n");
  const title = "A deploy with its verification, and a drift that is found";
  return new Map([
    [
      "demo.md",
      page(
        "The demo",
        "`npm run demo` runs the main job on a local org. It needs no Salesforce org and no account. This is its output:",
        `\`\`\`text\n${stripVTControlCharacters(session)}\n\`\`\``,
      ),
    ],
    ...["light", "dark"].map((name) => [`images/demo-${name}.svg`, terminalPicture(heart, name, title)]),
  ]);
}
