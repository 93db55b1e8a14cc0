import { SfError } from "@salesforce/core/sfError";
import { messagesOf } from "../messages.ts";

/** How long one answer of the org may take, in milliseconds: as long as Salesforce itself lets a request run. */
const longest = 120_000;

/**
 * The answer of a call to the org; what goes wrong becomes an error that says which call, of which org.
 *
 * @throws SfError `OrgRequestFailed` with the org's own text, or `OrgDidNotAnswer`
 */
export async function answerInTime<Answer>(
  what: string,
  orgName: string,
  call: Promise<Answer>,
): Promise<Answer> {
  const messages = messagesOf("org");
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(messages.createError("orgDidNotAnswer", [orgName, what, String(longest / 1000)])),
      longest,
    );
  });
  try {
    return await Promise.race([call, tooLate]);
  } catch (error) {
    if (error instanceof SfError && error.name === "OrgDidNotAnswerError") throw error;
    const { name, message } = SfError.wrap(error);
    const orgText = message.length > 2000 ? `${message.slice(0, 2000)} …` : message;
    throw messages.createError("orgRequestFailed", [orgName, what, `${name}: ${orgText}`], [orgName]);
  } finally {
    clearTimeout(timer);
  }
}
