import type { Context, Hono } from "hono";
import { z } from "zod";
import { RestError, route } from "../http/salesforceErrors.ts";

const subrequestSchema = z.object({
  method: z.enum(["GET", "POST", "PATCH", "PUT", "DELETE"]),
  url: z.string(),
  richInput: z.unknown().optional(),
});
type Subrequest = z.output<typeof subrequestSchema>;

const batchSchema = z.object({
  haltOnError: z.boolean().default(false),
  batchRequests: z.array(subrequestSchema).min(1),
});

const mostSubrequests = 25;

/** The resources of the REST API that a batch may ask; the Tooling API is none of them. */
const resources = /^\/?v(\d{2,3}\.\d)\/(limits|sobjects|query|queryAll|search|connect|chatter|actions)\b/;

/**
 * Several requests in one, which are done one after the other.
 *
 * @param app with the routes of the REST API, which answer the subrequests too
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_batch.htm
 */
export function batchRoute(app: Hono, root: string): void {
  route(app, ["POST"], `${root}/composite/batch`, async (context) => {
    const { haltOnError, batchRequests } = await batchOf(context);
    const results: { statusCode: number; result: unknown }[] = [];
    for (const subrequest of batchRequests) {
      const isHalted = haltOnError && results.some(isError);
      results.push(isHalted ? halted : await answerOf(app, context, subrequest));
    }
    return context.json({ hasErrors: results.some(isError), results });
  });
}

const halted = {
  statusCode: 412,
  result: [
    {
      errorCode: "BATCH_PROCESSING_HALTED",
      message: "Batch processing was halted per user request because of an error in a previous request.",
    },
  ],
};

function isError({ statusCode }: { statusCode: number }): boolean {
  return statusCode >= 400;
}

/** @throws RestError before any subrequest is done, if one of them is not right */
async function batchOf(context: Context): Promise<z.output<typeof batchSchema>> {
  const parsed = batchSchema.safeParse(await context.req.json().catch(() => undefined));
  if (!parsed.success) throw new RestError(400, "JSON_PARSER_ERROR", z.prettifyError(parsed.error));
  const { batchRequests } = parsed.data;
  if (batchRequests.length > mostSubrequests) {
    const message = `The batch has ${batchRequests.length} subrequests; at most ${mostSubrequests} are allowed.`;
    throw new RestError(400, "LIMIT_EXCEEDED", message);
  }
  const version = Number(context.req.param("version")?.slice(1));
  for (const { url } of batchRequests) {
    const [, asked] = resources.exec(url) ?? [];
    if (asked === undefined || Number(asked) < 34 || Number(asked) > version)
      throw new RestError(400, "INVALID_BATCH_REQUEST", `Invalid url in a subrequest: ${url}`);
  }
  return parsed.data;
}

async function answerOf(app: Hono, context: Context, { method, url, richInput }: Subrequest) {
  const response = await app.request(`/services/data/${url.replace(/^\//, "")}`, {
    method,
    headers: {
      authorization: context.req.header("authorization") ?? "",
      "content-type": "application/json",
    },
    ...(richInput === undefined ? {} : { body: JSON.stringify(richInput) }),
  });
  const text = await response.text();
  return { statusCode: response.status, result: text === "" ? null : JSON.parse(text) };
}
