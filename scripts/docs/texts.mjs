// Pages from the texts of messages/: lint rules, errors, refusals; and the list of JSON Schemas.
import { code, messageTexts, page, table } from "./markdown.mjs";

/** The policy lint's rules. */
export function lintPage(rules, source) {
  const texts = messageTexts(source);
  return page(
    "Lint rules",
    [
      "`validate` looks at each spec as a security reviewer would. A finding can be silenced with a reason, which stays on",
      "record: see [check a spec](../guides/specs.md#silence-a-finding).",
    ].join("\n"),
    table(
      ["rule", "level", "what it finds"],
      rules.map(({ id, level, needsOrg }) => [
        `[${id}](#${id})`,
        level,
        `${texts.get(`${id}.title`)}${needsOrg ? " Only with `--target-org`." : ""}`,
      ]),
    ),
    ...rules.map(({ id, level }) =>
      [`## ${id}`, `Level: ${level}. ${texts.get(`${id}.title`)}`, texts.get(`${id}.help`)].join("\n\n"),
    ),
  );
}

const gap = (text) => text.replaceAll(/"?%s"?/g, "…");
const listItems = (text = "") =>
  text
    .split(/^- /m)
    .map((item) => gap(item.trim()))
    .filter(Boolean);
/** As `name` in the answer to `--json`. */
const errorName = (key) => {
  const name = `${key[0].toUpperCase()}${key.slice(1)}`;
  return name.endsWith("Error") ? name : `${name}Error`;
};

/** The errors that have a next step, by the file of messages/ that holds them. */
export function errorsPage(files) {
  const sections = files.flatMap(({ title, source }) => {
    const texts = messageTexts(source);
    const rows = [...texts.keys()]
      .filter((key) => key.endsWith(".actions") && !key.includes("refusal.") && !key.startsWith("failure."))
      .map((key) => key.slice(0, -".actions".length))
      .filter((key) => texts.has(key) && !key.includes("."))
      .map((key) => [
        code(errorName(key)),
        gap(texts.get(key)),
        listItems(texts.get(`${key}.actions`)).join("\n"),
      ]);
    return rows.length === 0 ? [] : [`## ${title}`, table(["name", "what it says", "what to do"], rows)];
  });
  return page(
    "Errors",
    [
      "Every error says what happened, where, why, and what to do next. `name` is what `--json` gives, so scripts can rely on it.",
      "`…` stands for a name or a place. What the token endpoint refuses is on its own page: [refusals](refusals.md).",
      "What is wrong in a spec is told with file, line and column by `validate`.",
    ].join("\n"),
    ...sections,
  );
}

/** What refused tokens and refused deploys mean. */
export function refusalsPage(token, deploy) {
  const tokenTexts = messageTexts(token);
  const refusals = [...tokenTexts.keys()].filter(
    (key) => key.startsWith("refusal.") && tokenTexts.has(`${key}.actions`),
  );
  const failures = [...messageTexts(deploy)].filter(([key]) => /^failure\..*\.actions$/.test(key));
  return page(
    "Refusals",
    "What Salesforce refuses, what it means, and what to do. The org's own words are always shown as well.",
    "## Refused tokens",
    table(
      ["what it means", "what to do"],
      refusals.map((key) => [
        gap(tokenTexts.get(key)),
        listItems(tokenTexts.get(`${key}.actions`)).join("\n"),
      ]),
    ),
    "## Refused deploys",
    table(
      ["about", "what to do"],
      failures.map(([key, text]) => [
        key.split(".")[1].replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`),
        listItems(text).join("\n"),
      ]),
    ),
  );
}

/** The published schemas. */
export function schemasPage(names, descriptions) {
  return page(
    "JSON Schemas",
    [
      "Each answer to `--json`, and each file that a command writes, has a schema in the package's folder `schemas`. An answer",
      "is `{status, result, warnings}`; the schema is that of `result`. On failure it is `{status, name, message, actions, …}`.",
    ].join("\n"),
    table(
      ["schema", "of"],
      [
        ["[connectedapp.schema.json](../../schemas/connectedapp.schema.json)", "the spec, for editors"],
        ...names.map((name) => [
          `[${name}.schema.json](../../schemas/results/${name}.schema.json)`,
          descriptions(name),
        ]),
      ],
    ),
  );
}
