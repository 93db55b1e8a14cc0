import { createHash, randomInt } from "node:crypto";

const base62Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
const suffixLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * Makes a new 18-character record Id.
 *
 * @param prefix The three-character key prefix of the object, such as `005` for a user.
 */
export function newId(prefix: string): string {
  const record = Array.from({ length: 9 }, () => base62Digits[randomInt(base62Digits.length)]).join("");
  return withSuffix(`${prefix}al0${record}`);
}

/**
 * An Id that is always the same for the same parts. For rows that are not stored but follow from others, such as a
 * permission set assignment.
 */
export function derivedId(prefix: string, ...parts: string[]): string {
  const hash = createHash("sha256").update(JSON.stringify(parts)).digest();
  const record = Array.from(hash.subarray(0, 9), (byte) => base62Digits[byte % base62Digits.length]).join("");
  return withSuffix(`${prefix}al0${record}`);
}

/** A 15-character Id as its 18-character form; all other text as it is. */
export function fullId(id: string): string {
  return /^[0-9A-Za-z]{15}$/.test(id) ? withSuffix(id) : id;
}

/** Each suffix letter holds one bit for each of five characters: set if the character is an upper-case letter. */
function withSuffix(id15: string): string {
  let suffix = "";
  for (let start = 0; start < 15; start += 5) {
    let bits = 0;
    for (let position = 0; position < 5; position++) {
      if (/[A-Z]/.test(id15.charAt(start + position))) bits |= 1 << position;
    }
    suffix += suffixLetters.charAt(bits);
  }
  return id15 + suffix;
}
