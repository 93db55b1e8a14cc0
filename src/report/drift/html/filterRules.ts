import { type Contents, severities, states } from "./contents.ts";
import { placesAreColumns } from "./matrix.ts";
import { narrow } from "./styleSheet.ts";

/** The rules of the filters. They are of the screen only: on paper, the report is whole. */
export function filterRules(contents: Contents): string {
  const attributes = [
    ...states.map((state) => [`#state-${state}`, `[data-state~=${state}]`] as const),
    ...severities.map((severity) => [`#severity-${severity}`, `[data-severity~=${severity}]`] as const),
  ];
  const hidden = [
    ...states.map((state) => `${after(`#state-${state}`)}section[data-state]:not([data-state=${state}])`),
    ...severities.flatMap((severity) => {
      const chosen = after(`#severity-${severity}`);
      const fitting = `[data-severity=${severity}]`;
      return [
        `${chosen}section article[data-severity]:not(${fitting})`,
        `${chosen}section .group:not(:has(${fitting}))`,
        `${chosen}section[data-state]:not(:has(${fitting}))`,
      ];
    }),
    ...attributes.map(([choice, fitting]) => `${after(choice)}#matrix tbody tr:not(:has(td${fitting}))`),
    ...contents.places.map(({ id }) => `${after(option(id))}section [data-place]:not([data-place~=${id}])`),
  ];
  if (placesAreColumns(contents)) {
    for (const { id } of contents.places)
      for (const [choice, fitting] of attributes)
        hidden.push(`${after(option(id), choice)}#matrix tbody tr:not(:has(td[data-place=${id}]${fitting}))`);
  }
  const emptied = [
    "td.unmatched",
    ...attributes.map(([choice, fitting]) => `${after(choice)}#matrix td:not(${fitting})`),
  ];
  // In a row of cards there is no gap to keep.
  return `@media screen{
${hidden.join(",\n")},.unmatched:not(td){display:none}
${emptied.map((cell) => `${cell}>*`).join(",\n")}{visibility:hidden}
}
@media screen and (max-width:${narrow}){
${emptied.join(",\n")}{display:none}
}
`;
}

/** What follows the form while some of its choices are taken. To look into the form alone is quick, even with hundreds of orgs. */
function after(...choices: readonly string[]): string {
  return `#filters${choices.map((choice) => `:has(${choice}:checked)`).join("")}~`;
}

function option(id: string): string {
  return `[value=${id}]`;
}
