import { type Context, Hono } from "hono";
import { route } from "../http/salesforceErrors.ts";
import type { OrgUser } from "../org.ts";
import { isApiVersion } from "../rest/apiVersions.ts";
import { createDeployments } from "./deploy/deployments.ts";
import type { MetadataContext } from "./metadataContext.ts";
import { MetadataError, unreadable } from "./metadataError.ts";
import { mayChangeMetadata, metadataUser, notAllowed } from "./permission.ts";
import { deployRoutes } from "./rest/deployRoutes.ts";
import { createRetrievals } from "./retrieve/retrievals.ts";
import { answerEnvelope, faultEnvelope, readEnvelope } from "./soap/envelope.ts";
import { type OperationContext, runOperation } from "./soap/operations.ts";

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

/** Answers one SOAP request; errors become faults. */
async function answerSoap(
  context: Omit<OperationContext, "apiVersion">,
  request: Context,
): Promise<Response> {
  try {
    const apiVersion = versionOf(request);
    const { sessionId, operation } = readEnvelope(new Uint8Array(await request.req.arrayBuffer()));
    const user = await sessionUser(context, sessionId);
    const result = await runOperation({ ...context, apiVersion }, user, operation);
    return xml(request, answerEnvelope(operation.name, result), 200);
  } catch (error) {
    const { isUnreadable, code, message } = asMetadataError(error);
    const fault = isUnreadable
      ? faultEnvelope("soapenv:Client", message)
      : faultEnvelope(`sf:${code}`, `${code}: ${message}`);
    return xml(request, fault, 500);
  }
}

function versionOf({ req }: Context): string {
  // Clients write `67.0` and `67`.
  const version = (req.param("version") ?? "").replace(/^(\d+)$/, "$1.0");
  if (!isApiVersion(`v${version}`)) {
    throw new MetadataError("UNSUPPORTED_API_VERSION", "Invalid Api version specified on URL");
  }
  if (!/^text\/xml\b/i.test(req.header("Content-Type") ?? "")) {
    throw unreadable("Content-type of the request should be text/xml");
  }
  return version;
}

/** A SOAP client can read nothing but faults, whatever went wrong. */
function asMetadataError(error: unknown): MetadataError {
  if (error instanceof MetadataError) return error;
  const why = error instanceof Error ? error.message : String(error);
  return new MetadataError("UNKNOWN_EXCEPTION", `An unexpected error occurred: ${why}`);
}

async function sessionUser({ org }: MetadataContext, sessionId: string | undefined): Promise<OrgUser> {
  const user = await metadataUser(org, sessionId ?? "", "soap");
  if (!user) {
    const message = `Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session key: ${sessionId ?? ""}`;
    throw new MetadataError("INVALID_SESSION_ID", message);
  }
  if (!mayChangeMetadata(org, user)) throw new MetadataError("INSUFFICIENT_ACCESS", notAllowed);
  return user;
}

function xml(context: Context, body: string, status: 200 | 500): Response {
  return context.body(body, status, { "Content-Type": "text/xml; charset=utf-8" });
}
