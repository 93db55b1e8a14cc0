import { expect, test } from "vitest";
import { fitsPattern } from "../../../src/app/namePattern.ts";

test.each([
  { pattern: "CPQ_Admin", fits: ["CPQ_Admin", "cpq_admin"], others: ["CPQ_Admin_API", "X_CPQ_Admin"] },
  { pattern: "acme__*", fits: ["acme__Cloud", "ACME__x"], others: ["acme_Cloud", "x_acme__Cloud"] },
  { pattern: "*_Test", fits: ["A_Test", "_Test"], others: ["A_Tests", "ATest"] },
  { pattern: "App_?", fits: ["App_1"], others: ["App_", "App_12"] },
  { pattern: "*", fits: ["A", "a__B"], others: [] },
  { pattern: "A.B(C|D)[E]+", fits: ["A.B(C|D)[E]+"], others: ["AxBCE", "A.BCE"] },
  { pattern: "", fits: [], others: ["A"] },
])("the pattern $pattern", ({ pattern, fits, others }) => {
  for (const name of fits) expect(fitsPattern(name, pattern), name).toBe(true);
  for (const name of others) expect(fitsPattern(name, pattern), name).toBe(false);
});
