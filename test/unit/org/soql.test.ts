import { expect, test } from "vitest";
import { beginsWith, quoted } from "../../../src/org/soql.ts";

test.each([
  { text: "plain", expected: "'plain'" },
  { text: "O'Brien", expected: "'O\\'Brien'" },
  { text: "back\\slash", expected: "'back\\\\slash'" },
  { text: "' OR Name LIKE '", expected: "'\\' OR Name LIKE \\''" },
])("$text is quoted", ({ text, expected }) => expect(quoted(text)).toBe(expected));

test.each([
  { text: "cpq.integration@example.com", expected: "'cpq.integration@example.com%'" },
  { text: "a_b%c", expected: "'a\\_b\\%c%'" },
  { text: "it's", expected: "'it\\'s%'" },
])("what begins with $text", ({ text, expected }) => expect(beginsWith(text)).toBe(expected));
