import { type Contents, severities, states } from "./contents.ts";
import { placesAreColumns } from "./matrix.ts";
import { narrow } from "./styleSheet.ts";

/** The rules of the filters. They are of the screen only: on paper, the report is whole. */
export function filterRules(contents: Contents): string {
  const attributes = [
    ...states.map((state) => [`#state-${state}:checked`, `[data-state~="${state}"]`] as const),
    ...severities.map(
      (severity) => [`#severity-${severity}:checked`, `[data-severity~="${severity}"]`] as const,
    ),
  ];
  const hidden = [
    ...states.map(
      (state) => `body:has(#state-${state}:checked) section[data-state]:not([data-state="${state}"])`,
    ),
    ...severities.flatMap((severity) => {
      const chosen = `body:has(#severity-${severity}:checked)`;
      const fitting = `[data-severity="${severity}"]`;
      return [
        `${chosen} article[data-severity]:not(${fitting})`,
        `${chosen} .group:not(:has(${fitting}))`,
        `${chosen} section[data-state]:not(:has(${fitting}))`,
      ];
    }),
    ...attributes.map(([choice, fitting]) => `body:has(${choice}) tbody tr:not(:has(td${fitting}))`),
    ...contents.places.map(({ id }) => `${chosenPlace(id)} [data-place]:not([data-place~=${id}])`),
  ];
  if (placesAreColumns(contents)) {
    for (const { id } of contents.places)
      for (const [choice, fitting] of attributes)
        hidden.push(`${chosenPlace(id)}:has(${choice}) tbody tr:not(:has(td[data-place=${id}]${fitting}))`);
  }
  // In a row of cards there is no gap to keep.
  const emptied = [
    "td.unmatched",
    ...attributes.map(([choice, fitting]) => `body:has(${choice}) td:not(${fitting})`),
  ];
  return `@media screen{
${hidden.join(",\n")},.unmatched:not(td){display:none}
${emptied.map((cell) => `${cell}>*`).join(",\n")}{visibility:hidden}
}
@media screen and (max-width:${narrow}){
${emptied.join(",\n")}{display:none}
}
`;
}

function chosenPlace(id: string): string {
  return `body:has([value=${id}]:checked)`;
}
