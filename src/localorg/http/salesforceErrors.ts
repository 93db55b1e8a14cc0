import type { Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import type { ContentfulStatusCode } from "hono/utils/http-status";

/** An error that a REST API answers with, as `[{"message": …, "errorCode": …}]`. */
export class RestError extends Error {
  readonly status: ContentfulStatusCode;
  readonly errorCode: string;

  constructor(status: ContentfulStatusCode, errorCode: string, message: string) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
  }
}

/** The answer to a request for what does not exist. */
export function notFound(): RestError {
  return new RestError(404, "NOT_FOUND", "The requested resource does not exist");
}

/**
 * The body of a REST error.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 */
export function answerRestError(context: Context, error: RestError): Response {
  const { status, errorCode, message } = error;
  return context.json([{ message, errorCode }], status);
}

/** The answer to whatever a handler throws. */
export function answerError(error: Error, context: Context): Response {
  if (error instanceof RestError) return answerRestError(context, error);
  if (error instanceof HTTPException) return error.getResponse();
  const message = `An unexpected error occurred: ${error.message}`;
  return answerRestError(context, new RestError(500, "UNKNOWN_EXCEPTION", message));
}

/**
 * Registers one handler for some methods of a path; other methods answer 405, as Salesforce does.
 *
 * @param methods Upper case; GET serves HEAD too.
 */
export function route(
  app: Hono,
  methods: ("GET" | "POST" | "PATCH" | "DELETE")[],
  path: string,
  handler: (context: Context) => Response | Promise<Response>,
): void {
  const allowed = methods.includes("GET") ? ["HEAD", ...methods] : methods;
  app.on(methods, path, handler);
  app.all(path, (context) => {
    context.header("Allow", allowed.join(","));
    return answerRestError(
      context,
      new RestError(
        405,
        "METHOD_NOT_ALLOWED",
        `HTTP Method '${context.req.method}' not allowed. Allowed are ${allowed.join(",")}`,
      ),
    );
  });
}
