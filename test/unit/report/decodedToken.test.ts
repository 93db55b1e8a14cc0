import { expect, test } from "vitest";
import { decodedText } from "../../../src/report/decodedToken.ts";

const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");

test("a claim that is no time is shown as the number that it is", () => {
  const text = decodedText(`${part({ alg: "RS256" })}.${part({ iat: 1e300, exp: 1_800_000_000 })}.AAAA`, 0);
  expect(text).toMatch(/ iat +1e\+300$/m);
  expect(text).toMatch(/ exp +1800000000 .*2027-01-15T08:00:00Z \(in 20833 days\)$/m);
});
