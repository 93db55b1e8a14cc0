import { type Context, Hono } from "hono";
import { answerError, answerRestError, notFound, RestError, route } from "../http/salesforceErrors.ts";
import type { ObjectType } from "../objects/objectType.ts";
import { type DataApi, findObjectType, objectTypes, recordsOf, type Viewer } from "../objects/objectTypes.ts";
import type { Org } from "../org.ts";
import { fullId } from "../salesforceId.ts";
import { runQuery } from "../soql/runQuery.ts";
import { columnOf, openScope } from "../soql/scope.ts";
import { hasPermission } from "../userPermissions.ts";
import { apiVersions, isApiVersion } from "./apiVersions.ts";
import { apiUser } from "./authentication.ts";
import { columnMetadata } from "./columnMetadata.ts";
import { batchRoute } from "./compositeBatch.ts";
import { credentialRoutes } from "./credentials/routes.ts";
import { describeBriefly, describeFully } from "./describe.ts";
import { assignPermissionSet, unassignPermissionSet } from "./permissionSetAssignments.ts";
import { createQueryPages } from "./queryPages.ts";
import { recordBody } from "./recordBody.ts";

const dailyRequests = 100_000;

/**
 * The REST API and the Tooling API of one org, read-only but for permission set assignments.
 *
 * @param changed Called when a request has changed the org.
 * @param requestCount How many requests the org has answered, for the limits.
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_list.htm
 */
export function restRoutes(org: Org, changed: () => void, requestCount: () => number): Hono {
  const app = new Hono();
  // The subrequests of a batch are answered here too.
  app.onError(answerError);
  route(app, ["GET"], "/services/data", (context) => context.json(apiVersions()));
  const root = "/services/data/:version";
  app.use(`${root}/*`, async (context, next) => {
    if (!isApiVersion(context.req.param("version"))) return answerRestError(context, notFound());
    await apiUser(org, context);
    return next();
  });
  route(app, ["GET"], root, async (context) =>
    context.json(resources(org, base(context), (await apiUser(org, context)).id)),
  );
  route(app, ["GET"], `${root}/limits`, async (context) => {
    if (!hasPermission(org, await apiUser(org, context), "ViewSetup")) {
      throw new RestError(403, "INSUFFICIENT_ACCESS", "insufficient access rights on cross-reference id");
    }
    const remaining = Math.max(0, dailyRequests - requestCount());
    return context.json({ DailyApiRequests: { Max: dailyRequests, Remaining: remaining } });
  });
  batchRoute(app, root);
  credentialRoutes(app, org, root, changed);
  assignmentRoute(app, org, root, changed);
  recordRoutes(app, org, "data", root, base);
  recordRoutes(app, org, "tooling", `${root}/tooling`, (context) => `${base(context)}/tooling`);
  return app;
}

function base(context: Context): string {
  return `/services/data/${context.req.param("version")}`;
}

function resources(org: Org, path: string, userId: string): Record<string, string> {
  return {
    tooling: `${path}/tooling`,
    metadata: `${path}/metadata`,
    sobjects: `${path}/sobjects`,
    query: `${path}/query`,
    queryAll: `${path}/queryAll`,
    limits: `${path}/limits`,
    identity: `${org.myDomainUrl}/id/${org.id}/${userId}`,
  };
}

/** Other requests than these go on to the routes of all objects. */
function assignmentRoute(app: Hono, org: Org, root: string, changed: () => void): void {
  app.post(`${root}/sobjects/:type`, (context, next) =>
    context.req.param("type").toLowerCase() === "permissionsetassignment"
      ? assignPermissionSet(org, context, changed)
      : next(),
  );
  app.delete(`${root}/sobjects/:type/:id`, (context, next) =>
    context.req.param("type").toLowerCase() === "permissionsetassignment"
      ? unassignPermissionSet(org, context, changed)
      : next(),
  );
}

function recordRoutes(
  app: Hono,
  org: Org,
  api: DataApi,
  root: string,
  baseOf: (context: Context) => string,
): void {
  const pages = createQueryPages();
  const viewer = async (context: Context): Promise<Viewer> => ({
    org,
    api,
    user: await apiUser(org, context),
  });
  const query = async (context: Context) => {
    const soql = context.req.query("q") ?? "";
    const result = runQuery(await viewer(context), soql);
    if (context.req.query("columns") === "true") return context.json(columnMetadata(result));
    const batch = context.req.header("Sforce-Query-Options");
    return context.json(pages.first(result, baseOf(context), batch));
  };
  const typeFor = (who: Viewer, context: Context) => {
    const found = findObjectType(who, context.req.param("type") ?? "");
    if (!found) throw notFound();
    return found;
  };
  route(app, ["GET"], `${root}/query`, query);
  // Nothing is ever in the recycle bin, so that both find the same.
  route(app, ["GET"], `${root}/queryAll`, query);
  route(app, ["GET"], `${root}/query/:locator`, (context) =>
    context.json(pages.next(context.req.param("locator") ?? "", baseOf(context))),
  );
  route(app, ["GET"], `${root}/sobjects`, async (context) => {
    const sobjects = objectTypes(await viewer(context)).map((found) =>
      describeBriefly(found, baseOf(context)),
    );
    return context.json({ encoding: "UTF-8", maxBatchSize: 200, sobjects });
  });
  route(app, ["GET"], `${root}/sobjects/:type`, async (context) =>
    context.json({
      objectDescribe: describeBriefly(typeFor(await viewer(context), context), baseOf(context)),
      recentItems: [],
    }),
  );
  route(app, ["GET"], `${root}/sobjects/:type/describe`, async (context) =>
    context.json(describeFully(typeFor(await viewer(context), context), baseOf(context))),
  );
  route(app, ["GET"], `${root}/sobjects/:type/:id`, async (context) => {
    const who = await viewer(context);
    return context.json(oneRecord(who, typeFor(who, context), context, baseOf(context)));
  });
}

function oneRecord(viewer: Viewer, type: ObjectType, context: Context, path: string) {
  const id = context.req.param("id") ?? "";
  const record = recordsOf(viewer, type).find((found) => found.Id === fullId(id));
  if (!record) {
    const isId = /^([0-9A-Za-z]{15}|[0-9A-Za-z]{18})$/.test(id);
    throw isId
      ? notFound()
      : new RestError(
          404,
          "NOT_FOUND",
          `Provided external ID field does not exist or is not accessible: ${id}`,
        );
  }
  const asked = context.req.query("fields");
  const scope = openScope(viewer, asked ?? "");
  const names = asked?.split(",").map((name) => name.trim()) ?? Object.keys(type.fields);
  const paths = names.map((name) => columnOf(scope, type, name).path);
  return recordBody(scope, type, record, paths, path);
}
