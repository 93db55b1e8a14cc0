import { expect, test } from "vitest";
import { beginsWith, quoted } from "../../../src/org/soql.ts";

test.each([
  ["plain", "'plain'"],
  ["O'Brien", "'O\\'Brien'"],
  ["back\\slash", "'back\\\\slash'"],
  ["' OR Name LIKE '", "'\\' OR Name LIKE \\''"],
])("%s is quoted", (text, expected) => expect(quoted(text)).toBe(expected));

test.each([
  ["cpq.integration@example.com", "'cpq.integration@example.com%'"],
  ["a_b%c", "'a\\_b\\%c%'"],
  ["it's", "'it\\'s%'"],
])("what begins with %s", (text, expected) => expect(beginsWith(text)).toBe(expected));
