// One page for each command, from the manifest: the same texts as `--help`.
import { code, page, table } from "./markdown.mjs";

const bin = "sf";
const nameOf = ({ id }) => `${bin} ${id.replaceAll(":", " ")}`;
const fileOf = ({ id }) => `${id.replace(/^cpq:/, "").replaceAll(":", "-")}.md`;

function usage(command) {
  const args = Object.values(command.args).map(({ name, required }) => {
    const text = `${name.toUpperCase()}${command.strict ? "" : "..."}`;
    return required ? text : `[${text}]`;
  });
  const required = Object.values(command.flags)
    .filter((flag) => flag.required)
    .map((flag) => `--${flag.name}${flag.type === "option" ? ` ${flag.helpValue ?? "VALUE"}` : ""}`);
  return [nameOf(command), ...args, ...required, "[flags]"].join(" ");
}

function flagRow(flag) {
  const name = [flag.char && code(`-${flag.char}`), code(`--${flag.name}`)].filter(Boolean).join(", ");
  const value = flag.type === "boolean" ? "" : (flag.options?.join(", ") ?? flag.helpValue ?? "");
  const notes = [
    flag.required && "Required.",
    flag.multiple && "Can be given several times.",
    flag.default !== undefined &&
      flag.type === "option" &&
      `Default: ${code([flag.default].flat().join(", "))}.`,
    flag.dependsOn?.length > 0 && `Only with ${flag.dependsOn.map((name) => code(`--${name}`)).join(", ")}.`,
    flag.exclusive?.length > 0 && `Not with ${flag.exclusive.map((name) => code(`--${name}`)).join(", ")}.`,
  ];
  const summary = flag.summary ?? flag.description ?? "";
  const missing = notes.filter(
    (note) => note && !(note.includes("several times") && /several times/.test(summary)),
  );
  return [name, value, [summary, ...missing].join(" ")];
}

function examples(command) {
  const filled = (text) =>
    text
      .replaceAll("<%= config.bin %>", bin)
      .replaceAll("<%= command.id %>", command.id.replaceAll(":", " "));
  return command.examples.map((example) => {
    const [title = "", ...lines] = filled(example).split("\n");
    return `${title}\n\n\`\`\`text\n${lines.join("\n").trim()}\n\`\`\``;
  });
}

function commandPage(command, schemaNames) {
  const flags = Object.values(command.flags)
    .filter(({ hidden }) => !hidden)
    .sort((one, other) => one.name.localeCompare(other.name));
  const schema = fileOf(command).replace(/md$/, "schema.json");
  const exits = /\n\nExit codes: .*$/s;
  return page(
    nameOf(command),
    command.summary,
    `\`\`\`text\n${usage(command)}\n\`\`\``,
    "## What it does",
    command.description.replace(exits, ""),
    "## Flags",
    table(["flag", "value", "meaning"], flags.map(flagRow)),
    "## Examples",
    ...examples(command),
    "## What comes back",
    [
      "The exit code says how it went: see [exit codes](../exit-codes.md).",
      schemaNames.includes(schema)
        ? `With \`--json\`, \`result\` is as [${schema}](../../../schemas/results/${schema}) says.`
        : "",
    ]
      .filter(Boolean)
      .join("\n"),
  );
}

/** Pages by their paths below docs/. */
export function commandPages(manifest, schemaNames) {
  const commands = Object.values(manifest.commands)
    .filter(({ hidden }) => !hidden)
    .sort((one, other) => one.id.localeCompare(other.id));
  const index = page(
    "Commands",
    `The same texts as \`${bin} COMMAND --help\`.`,
    table(
      ["command", "what it does"],
      commands.map((command) => [`[${nameOf(command)}](commands/${fileOf(command)})`, command.summary]),
    ),
  );
  return new Map([
    ["reference/commands.md", index],
    ...commands.map((command) => [
      `reference/commands/${fileOf(command)}`,
      commandPage(command, schemaNames),
    ]),
  ]);
}
