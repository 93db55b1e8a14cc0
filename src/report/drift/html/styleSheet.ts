import { componentStyles } from "./styleSheet/components.ts";
import { matrixCards, matrixStyles } from "./styleSheet/matrix.ts";
import { pageStyles } from "./styleSheet/page.ts";
import { printStyles } from "./styleSheet/print.ts";

/** Up to this width, each row of the matrix is a card. */
export const narrow = "44rem";

/** All styles but those that depend on the report. */
export const styleSheet = `
${pageStyles}
${componentStyles}
${matrixStyles}
@media screen and (max-width:${narrow}){
${matrixCards(".region")}
}
@media print{
${printStyles}
${matrixCards(".region.wide")}
}
`;
