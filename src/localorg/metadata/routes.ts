import { Hono } from "hono";
import { route } from "../http/salesforceErrors.ts";
import { createDeployments } from "./deploy/deployments.ts";
import type { MetadataContext } from "./metadataContext.ts";
import { createRetrievals } from "./retrieve/retrievals.ts";
import { answerSoap } from "./soap/soapEndpoint.ts";

export type { MetadataContext } from "./metadataContext.ts";

/** The Metadata API of one org: SOAP at `/services/Soap/m/:version`, REST at `/services/data/:version/metadata`. */
export function metadataRoutes(context: MetadataContext): Hono {
  const app = new Hono();
  const operations = {
    ...context,
    deployments: createDeployments(context),
    retrievals: createRetrievals(context),
  };
  route(app, ["POST"], "/services/Soap/m/:version", (request) => answerSoap(operations, request));
  route(app, ["POST"], "/services/Soap/m/:version/:organizationId", (request) =>
    answerSoap(operations, request),
  );
  return app;
}
