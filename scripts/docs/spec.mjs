// The reference of the spec: from its JSON Schema, the table of settings, and the tables of both kinds of app.
import { code, page, table } from "./markdown.mjs";

const kindTitles = { ConnectedApp: "connected app", ExternalClientApp: "external client app" };

/** Where each path of the schema is described. */
function describedPaths(schema, path = []) {
  const children = Object.entries(schema.properties ?? {}).flatMap(([key, child]) =>
    describedPaths(child, [...path, key]),
  );
  const ofParts = (schema.anyOf ?? []).flatMap((part) =>
    part.type === "object" ? describedPaths(part, path).filter(([name]) => name !== path.join(".")) : [],
  );
  const text = schema.description ?? schema.anyOf?.find((part) => part.description)?.description;
  return [...(path.length > 0 ? [[path.join("."), { text, schema }]] : []), ...children, ...ofParts];
}

function typeOf(schema) {
  if (schema.enum !== undefined) return schema.enum.map(code).join(", ");
  if (schema.const !== undefined) return code(schema.const);
  if (schema.type === "array") return `list of ${typeOf(schema.items ?? {})}`;
  if (schema.type === "object") return schema.properties ? "map" : "map of texts";
  if (schema.anyOf !== undefined) return [...new Set(schema.anyOf.map(typeOf))].filter(Boolean).join(", or ");
  return (
    { string: "text", boolean: "`true` or `false`", integer: "number", number: "number" }[schema.type] ??
    "text"
  );
}

const known = {
  text: "text",
  switch: "`true` or `false`",
  number: "number",
  set: "list of texts",
  records: "list of maps",
};

const shown = (value) =>
  value === undefined ? "" : code(Array.isArray(value) ? `[${value.join(", ")}]` : value);

function elementsOf(kind, path) {
  if (kind.setupOnly.includes(path)) return "in no metadata: Setup only";
  const field = kind.fields.find(({ setting }) => setting === path);
  if (field === undefined) return "–";
  return `${code(field.component)}: ${field.elements.map((names) => code(names.join("/"))).join(", ")}`;
}

const headings = {
  "": "Of the app itself",
  oauth: "oauth",
  policy: "policy",
  plugins: "plugins",
  saml: "saml",
  canvas: "canvas",
  mobile: "mobile",
  packaging: "packaging",
  otherMetadata: "otherMetadata",
};

function sectionOf(group, paths, { described, definitions, kinds, defaultOf }) {
  const rows = paths.map((path) => {
    const { type, severity, words } = definitions[path];
    const ofKinds = Object.keys(kindTitles).map((kind) => defaultOf(path, kind));
    const [one, other] = ofKinds.map(shown);
    const text =
      described.get(path)?.text ?? described.get(path.split(".").slice(0, -1).join("."))?.text ?? "";
    const wordList = words === undefined ? "" : ` Words: ${Object.keys(words).map(code).join(", ")}.`;
    return [
      code(path),
      known[type],
      one === other ? one : `${one || "none"} (connected app), ${other || "none"} (external client app)`,
      severity,
      `${text}${wordList}`,
      kinds.map((kind) => elementsOf(kind, path)).join("\n"),
    ];
  });
  return [
    `## ${headings[group] ?? group}`,
    table(
      [
        "setting",
        "type",
        "Salesforce's default",
        "severity",
        "meaning",
        "metadata: connected app, then external client app",
      ],
      rows,
    ),
  ].join("\n\n");
}

/** The page of all settings. */
export function specPage({ schema, definitions, kinds, defaultOf }) {
  const described = new Map(describedPaths(schema));
  const paths = Object.keys(definitions);
  const groups = [...new Set(paths.map((path) => (path.includes(".") ? path.split(".")[0] : "")))];
  const besides = [...described].filter(
    ([path, { schema: part }]) =>
      !paths.includes(path) &&
      !paths.some((setting) => setting.startsWith(`${path}.`) || path.startsWith(`${setting}.`)) &&
      !path.startsWith("environments.") &&
      part.description !== undefined,
  );
  return page(
    "The spec: all settings",
    [
      "A spec is YAML. Its [JSON Schema](../../schemas/connectedapp.schema.json) makes an editor complete and check it: see",
      "[editors](../guides/editors.md).",
    ].join("\n"),
    [
      "A setting that a spec does not mention is not managed: a deploy leaves it alone, and drift does not look at it unless",
      "you ask with `--strict`. **Salesforce's default** is what an app has where nobody set anything. **Severity** says how much a",
      "difference matters: `security`, `function` (the app may stop working) or `appearance`.",
    ].join("\n"),
    "## Of the spec itself",
    table(
      ["key", "type", "meaning"],
      besides.map(([path, { text, schema: part }]) => [code(path), typeOf(part), text ?? ""]),
    ),
    ...groups.map((group) =>
      sectionOf(
        group,
        paths.filter((path) => (path.includes(".") ? path.split(".")[0] : "") === group),
        { described, definitions, kinds, defaultOf },
      ),
    ),
  );
}
