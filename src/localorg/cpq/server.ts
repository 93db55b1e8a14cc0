import { setTimeout as delay } from "node:timers/promises";
import { Hono } from "hono";
import { type LoopbackServer, serveOnLoopback } from "../http/loopbackServer.ts";
import type { Org } from "../org.ts";
import { createAuthentication } from "./bearerAuthentication.ts";
import { answerCpqError, CpqError } from "./cpqError.ts";
import { pageOf } from "./page.ts";
import { blueprints, managedTables, rules } from "./sampleData.ts";

const lists: Record<string, unknown[]> = {
  "/api/managedTables/v1/managedTables": managedTables,
  "/api/admin/v3/rules": rules,
  "/api/admin/v2/blueprints": blueprints,
};

/**
 * Serves the list calls of a CPQ tenant that trusts one org: enough to prove that an access token is taken.
 *
 * @param port The port, or 0 for a free one.
 * @throws Error if the port is in use
 */
export function startCpqServer(org: Org, port: number): Promise<LoopbackServer> {
  const authenticate = createAuthentication(org);
  const app = new Hono();
  app.use(async (_context, next) => {
    if (org.behaviour.latency > 0) await delay(org.behaviour.latency);
    await next();
  });
  // The admin UI has its own session: whoever comes without one is sent to its login page, with or without a token.
  app.all("/a/*", (context) => context.redirect("/login"));
  app.get("/login", (context) =>
    context.html("<!doctype html><html><head><title>Log in</title></head><body>Log in to CPQ</body></html>"),
  );
  app.use("/api/*", async (context, next) => {
    await authenticate(context);
    return next();
  });
  for (const [path, items] of Object.entries(lists)) {
    // The vendor's pages write both `admin` and `Admin`.
    for (const spelling of new Set([path, path.replace("/admin/", "/Admin/")])) {
      app.get(spelling, (context) => context.json(pageOf(items, context.req.query())));
      app.all(spelling, (context) =>
        answerCpqError(context, 405, `Request method '${context.req.method}' not supported`),
      );
    }
  }
  app.notFound((context) => answerCpqError(context, 404, `${context.req.path} was not found.`));
  app.onError((error, context) =>
    error instanceof CpqError
      ? answerCpqError(context, error.status, error.message)
      : answerCpqError(context, 500, "An unexpected error occurred."),
  );
  return serveOnLoopback(app, port);
}
