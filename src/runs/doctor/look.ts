import { SfError } from "../../sfError.ts";

/** What was read, or why it could not be: the org's own words. */
export type Seen<Value> = { value: Value } | { hidden: string };

/**
 * Reads something that the user may not be allowed to see. An org that cannot be reached is another matter.
 *
 * @throws SfError `OrgUnreachableError` or `NoOrgAnswerError`
 */
export async function look<Value>(work: () => Promise<Value>): Promise<Seen<Value>> {
  try {
    return { value: await work() };
  } catch (error) {
    const { name, message } = SfError.wrap(error);
    if (name === "OrgUnreachableError" || name === "NoOrgAnswerError") throw error;
    return { hidden: message.replace(/\s+/g, " ") };
  }
}
