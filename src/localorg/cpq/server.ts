import { randomBytes } from "node:crypto";
import { setTimeout as delay } from "node:timers/promises";
import { type Context, Hono, type MiddlewareHandler } from "hono";
import { faultsOf } from "../faults/applyFault.ts";
import type { FaultPlan } from "../faults/faultPlan.ts";
import { type LoopbackServer, serveOnLoopback } from "../http/loopbackServer.ts";
import { bearerToken } from "../oauth/bearerToken.ts";
import type { Org } from "../org.ts";
import { createAuthentication } from "./bearerAuthentication.ts";
import { answerCpqError, CpqError } from "./cpqError.ts";
import { pageOf } from "./page.ts";
import { blueprints, managedTables, rules } from "./sampleData.ts";

/** A CPQ tenant that is being served. */
export interface CpqServer extends LoopbackServer {
  /** The one admin API key of the tenant. */
  adminApiKey: string;
}

/**
 * Serves the documented reads of a CPQ tenant that trusts one org: enough to prove that an access token is accepted.
 * Those of the admin UI, below `/a`, accept the org's JWTs; those below `/api` accept an admin API key.
 *
 * @param port The port, or 0 for a free one.
 * @throws Error if the port is in use
 * @see https://www.servicenow.com/docs/r/order-management/cpq-admin-api-keys.html
 */
export async function startCpqServer(org: Org, faults: FaultPlan, port: number): Promise<CpqServer> {
  const adminApiKey = randomBytes(27).toString("base64url");
  const app = new Hono();
  app.use(async (_context, next) => {
    if (org.behaviour.latency > 0) await delay(org.behaviour.latency);
    await next();
  });
  app.use(faultsOf(faults));
  app.get("/login", (context) =>
    context.html("<!doctype html><html><head><title>Log in</title></head><body>Log in to CPQ</body></html>"),
  );
  app.use("/a/*", takesJwtOf(org));
  app.use("/api/*", takesKey(adminApiKey));
  serveReads(app, "/a", "managed_tables");
  serveReads(app, "/api", "managedTables");
  app.notFound((context) => answerCpqError(context, 404, `${context.req.path} was not found.`));
  app.onError((error, context) =>
    error instanceof CpqError
      ? answerCpqError(context, error.status, error.message)
      : answerCpqError(context, 500, "An unexpected error occurred."),
  );
  return { ...(await serveOnLoopback(app, port)), adminApiKey };
}

/** The admin UI has its own session: whoever comes without a token is sent to its login page. */
function takesJwtOf(org: Org): MiddlewareHandler {
  const authenticate = createAuthentication(org);
  return async (context, next) => {
    if (bearerToken(context) === undefined) return context.redirect("/login");
    await authenticate(context);
    return next();
  };
}

function takesKey(adminApiKey: string): MiddlewareHandler {
  return async (context, next) => {
    if (bearerToken(context) !== adminApiKey) throw new CpqError(401, "The admin API key is not valid.");
    return next();
  };
}

/**
 * Blueprints stand below `admin` and rules below `Admin`, as the vendor's documentation writes them.
 *
 * @param base the path of all, by which the vendor tells JWTs from keys
 * @param tables how the managed tables are called below it
 * @see https://api-docs.logik.io/ operation getBlueprints
 */
function serveReads(app: Hono, base: string, tables: string): void {
  const read = (path: string, answer: (context: Context) => Response) => {
    app.get(path, answer);
    app.all(path, (context) =>
      answerCpqError(context, 405, `Request method '${context.req.method}' not supported`),
    );
  };
  const managed = `${base}/${tables}/v1/managedTables`;
  read(`${base}/admin/v2/blueprints`, (context) => context.json(pageOf(blueprints, context.req.query())));
  read(`${base}/Admin/v3/rules`, (context) => context.json(pageOf(rules, context.req.query())));
  read(managed, (context) => context.json(pageOf(managedTables, context.req.query())));
  read(`${managed}/:tableName/metadata`, (context) => {
    const table = managedTables.find(({ name }) => name === context.req.param("tableName"));
    if (!table) throw new CpqError(404, `${context.req.path} was not found.`);
    return context.json(table);
  });
}
