import { Hono } from "hono";
import { route } from "../http/salesforceErrors.ts";
import { createDeployments } from "./deploy/deployments.ts";
import type { MetadataContext } from "./metadataContext.ts";
import { deployRoutes } from "./rest/deployRoutes.ts";
import { createRetrievals } from "./retrieve/retrievals.ts";
import { answerSoap } from "./soap/soapEndpoint.ts";

export type { MetadataContext } from "./metadataContext.ts";

/** The Metadata API of one org: SOAP at `/services/Soap/m/:version`, REST at `/services/data/:version/metadata`. */
export function metadataRoutes(context: MetadataContext): Hono {
  const app = new Hono();
  const deployments = createDeployments(context);
  const operations = { ...context, deployments, retrievals: createRetrievals(context) };
  for (const path of ["/services/Soap/m/:version", "/services/Soap/m/:version/:organizationId"]) {
    route(app, ["POST"], path, (request) => answerSoap(operations, request));
  }
  app.route("/", deployRoutes(context, deployments));
  return app;
}
