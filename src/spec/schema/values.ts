import { z } from "zod";
import { canonicalCertificate, certificateProblem } from "../../app/certificate.ts";
import { ipRangeText, parseIpRange } from "../../app/ipRange.ts";
import { type ValueProblem, valueProblem } from "./valueProblem.ts";

/** One line without the characters that XML cannot hold. */
const printable = /^[^\p{Cc}\p{Cs}\uFFFE\uFFFF]*$/u;

/** A switch that may be left out. */
export const switchOf = (meaning: string) => z.boolean().describe(meaning).optional();

/**
 * One line of text, as metadata can hold it. As with all formats here, the error message is a key of messages/spec.md.
 */
export const oneLine = (longest = 255) =>
  z.string().trim().min(1).max(longest).regex(printable, valueProblem("controlCharacter"));

/** Text of several lines. A YAML block text ends with an unintended line break. */
export const severalLines = () =>
  z
    .string()
    .trim()
    .regex(/^(?:[^\p{Cc}\p{Cs}\uFFFE\uFFFF]|[\t\n])*$/u, valueProblem("controlCharacter"));

/** A file in base64 that may be left out. */
export const encoded = (meaning: string) => severalLines().min(1).describe(meaning).optional();

/** A certificate in PEM or base64 that may be left out. */
export const certificate = (meaning: string) =>
  z
    .string()
    .meta({ pattern: "^(?![\\s\\S]*PRIVATE KEY)[\\s\\S]*[A-Za-z0-9+/]" })
    .transform((source, context) => {
      const problem = certificateProblem(source);
      if (problem === undefined) return canonicalCertificate(source);
      const { id, found } = problem;
      context.issues.push({ code: "custom", input: source, message: valueProblem(id), params: { found } });
      return z.NEVER;
    })
    .describe(meaning)
    .optional();

/** A web address that may be left out. */
export const webAddress = (meaning: string) =>
  z
    .url({ protocol: /^https?$/, error: valueProblem("webAddress") })
    .max(2000)
    .regex(printable, valueProblem("controlCharacter"))
    .describe(meaning)
    .optional();

/** Where users are sent: a URL of any scheme, or a path within the org. It may be left out. */
export const destination = (meaning: string) =>
  z
    .string()
    .trim()
    .max(2000)
    .regex(/^(?:\/|[a-z][a-z0-9+.-]*:)[^\s\p{Cc}\p{Cs}\uFFFE\uFFFF]*$/iu, valueProblem("destination"))
    .describe(meaning)
    .optional();

/** One text or several. The result is always a list. */
export function oneOrSeveral<Text extends z.ZodType<string, string>>(text: Text) {
  return z.union([text.transform((found) => [found]), z.array(text).min(1)]);
}

/**
 * A text that one of the functions of durations.ts understands.
 *
 * @param pattern the same as a regular expression, by which an editor marks what is refused here
 */
export function durationBy(
  canonical: (source: string) => string | undefined,
  problem: ValueProblem,
  example: string,
  pattern: string,
) {
  return z
    .string()
    .meta({ examples: [example], pattern })
    .transform((source, context) => {
      const found = canonical(source);
      if (found !== undefined) return found;
      context.issues.push({ code: "custom", input: source, message: problem });
      return z.NEVER;
    });
}

/** How an editor knows a duration. */
export const durationPattern = "^\\s*\\d{1,6}\\s*[mhd]\\s*$";

/** Custom attributes of a user that a token carries. */
export const attributes = (meaning: string) =>
  z
    .array(
      z.strictObject({
        key: oneLine().describe("Name of the attribute."),
        formula: severalLines().min(1).describe("Formula of the attribute, such as `$User.Email`."),
      }),
    )
    .describe(meaning)
    .optional();

const ipRange = z
  .string()
  .meta({
    examples: ["10.0.0.0/8", "10.0.0.1-10.0.0.9", "2001:db8::/32"],
    pattern: "^\\s*[0-9A-Fa-f:.]*[:.][0-9A-Fa-f:.]*(/\\d{1,3}|\\s*[-–—]\\s*[0-9A-Fa-f:.]+)?\\s*$",
  })
  .transform((source, context) => {
    const found = parseIpRange(source);
    if (!("problem" in found)) return ipRangeText(found);
    context.issues.push({ code: "custom", input: source, message: valueProblem(found.problem) });
    return z.NEVER;
  });

/** IP ranges, each as a text or with a description. */
export const ipRanges = (meaning: string) =>
  z
    .array(
      z.union([
        ipRange.transform((range) => ({ range })),
        z.strictObject({
          range: ipRange.describe("The range, in CIDR, as start-end, or one address."),
          description: severalLines().min(1).describe("What the range is.").optional(),
        }),
      ]),
    )
    .describe(meaning)
    .optional();
