import type { Context } from "hono";

/** An error of the OAuth endpoints, with the words that Salesforce uses. */
export class OAuthError extends Error {
  readonly status: 400 | 401 | 403;
  readonly error: string;

  constructor(error: string, description: string, status: 400 | 401 | 403 = 400) {
    super(description);
    this.error = error;
    this.status = status;
  }
}

/**
 * Runs a handler of an OAuth endpoint; its errors become `{"error": …, "error_description": …}`.
 *
 * @see https://www.rfc-editor.org/rfc/rfc6749#section-5.2
 */
export async function answerOAuth(
  context: Context,
  handler: () => Promise<Response | Record<string, unknown>>,
): Promise<Response> {
  context.header("Cache-Control", "no-cache, no-store");
  context.header("Pragma", "no-cache");
  try {
    const answer = await handler();
    return answer instanceof Response ? answer : context.json(answer);
  } catch (error) {
    if (!(error instanceof OAuthError)) throw error;
    if (error.status === 401) context.header("WWW-Authenticate", "Basic");
    return context.json({ error: error.error, error_description: error.message }, error.status);
  }
}
