import { readFileSync } from "node:fs";
import { packageFile } from "../../../packageFile.ts";

/** Up to this width, each row of the matrix is a card. */
export const narrow = "44rem";

/** All styles except those that depend on the report. */
export function styleSheet(): string {
  const cards = styles("cards");
  return `${["page", "summary", "filters", "history", "articles", "matrix"].map(styles).join("")}
@media screen and (max-width:${narrow}){
.region{
${cards}}
}
@media print{
${styles("print")}.region.wide{
${cards}}
}
`;
}

/** The page's script. */
export function script(): string {
  return asset("script.js");
}

/** All drawings of the page, each as a symbol. */
export function drawings(): string {
  return asset("icons.svg");
}

function styles(name: string): string {
  return asset(`${name}.css`).replace(/\/\*.*?\*\/\n?/gs, "");
}

function asset(name: string): string {
  return readFileSync(packageFile(`templates/driftReport/${name}`), "utf8");
}
