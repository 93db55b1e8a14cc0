import { typedAnswer } from "./typedAnswer.ts";

/**
 * Asks a yes-or-no question in the terminal; only `y` and `yes` say yes.
 *
 * @returns false where there is no terminal that could answer
 */
export async function confirm(question: string): Promise<boolean> {
  return /^y(es)?$/i.test(await typedAnswer(`${question} (y/N)`));
}
