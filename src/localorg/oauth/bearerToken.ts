import type { Context } from "hono";

/** The token of the Authorization header; Salesforce takes `Bearer` and, in older clients, `OAuth`. */
export function bearerToken(context: Context): string | undefined {
  return /^(?:Bearer|OAuth)\s+(\S+)\s*$/i.exec(context.req.header("Authorization") ?? "")?.[1];
}
