import { SfError } from "@salesforce/core/sfError";
import { messagesOf } from "../messages.ts";

/** How long one answer of the org may take, in milliseconds: as long as Salesforce itself lets a request run. */
const longest = 120_000;

/**
 * The answer of a call to the org; what goes wrong becomes an error that says which call, of which org.
 *
 * @param isAnswer whether it is an answer at all: a proxy's page is read without an error, and holds nothing
 * @throws SfError `OrgRequestFailedError` with the org's own text, `OrgDidNotAnswerError` or `NoOrgAnswerError`
 */
export async function answerInTime<Answer>(
  what: string,
  orgName: string,
  call: Promise<Answer>,
  isAnswer: (answer: Answer) => boolean = () => true,
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
    const answer = await Promise.race([call, tooLate]);
    if (isAnswer(answer)) return answer;
    throw messages.createError("noOrgAnswer", [orgName, what], [orgName]);
  } catch (error) {
    if (error instanceof SfError && /^(OrgDidNotAnswer|NoOrgAnswer)Error$/.test(error.name)) throw error;
    const { name, message } = SfError.wrap(error);
    const orgText = message.length > 2000 ? `${message.slice(0, 2000)} …` : message;
    throw messages.createError("orgRequestFailed", [orgName, what, `${name}: ${orgText}`], [orgName]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the org has given a job its Id. */
export function hasId(answer: unknown): boolean {
  const { id } = (answer ?? {}) as { id?: unknown };
  return typeof id === "string" && id !== "";
}
