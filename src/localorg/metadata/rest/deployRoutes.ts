import { type Context, Hono } from "hono";
import { RestError } from "../../http/salesforceErrors.ts";
import { bearerToken } from "../../oauth/bearerToken.ts";
import type { OrgDeployment, OrgUser } from "../../org.ts";
import { isApiVersion } from "../../rest/apiVersions.ts";
import type { Deployments } from "../deploy/deployments.ts";
import { deployResult } from "../deploy/deployResult.ts";
import type { MetadataContext } from "../metadataContext.ts";
import { MetadataError } from "../metadataError.ts";
import { mayChangeMetadata, metadataUser, notAllowed } from "../permission.ts";
import { readCancelRequest, readDeployForm } from "./deployBody.ts";

const deployRequestPath = "/services/data/:version/metadata/deployRequest";

/**
 * Deploys by REST.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_rest_deploy.htm
 */
export function deployRoutes(context: MetadataContext, deployments: Deployments): Hono {
  const app = new Hono();
  app.post(deployRequestPath, async (request) => {
    const user = await deployingUser(context, request);
    const { zip, options } = await readDeployForm(request);
    const apiVersion = request.req.param("version").slice(1);
    const deployment = await deployments.submit(user, zip, options, apiVersion);
    return request.json(answer(deployment, false), 201);
  });
  app.get(`${deployRequestPath}/:id`, async (request) => {
    await deployingUser(context, request);
    const deployment = found(() => deployments.find(request.req.param("id")));
    return request.json(answer(deployment, request.req.query("includeDetails") === "true"));
  });
  app.patch(`${deployRequestPath}/:id`, async (request) => {
    const user = await deployingUser(context, request);
    await readCancelRequest(request);
    const deployment = found(() => deployments.cancel(user, request.req.param("id")));
    return request.json(answer(deployment, false), 202);
  });
  app.all(deployRequestPath, (request) => refuseMethod(request, "POST"));
  app.all(`${deployRequestPath}/:id`, (request) => refuseMethod(request, "GET,HEAD,PATCH"));
  return app;
}

function answer(deployment: OrgDeployment, includeDetails: boolean) {
  return {
    id: deployment.id,
    deployOptions: deployment.options,
    deployResult: deployResult(deployment, includeDetails),
  };
}

async function deployingUser({ org }: MetadataContext, request: Context): Promise<OrgUser> {
  if (!isApiVersion(request.req.param("version") ?? "")) {
    throw new RestError(404, "NOT_FOUND", "The requested resource does not exist");
  }
  const user = await metadataUser(org, bearerToken(request) ?? "", "rest");
  if (!user) throw new RestError(401, "INVALID_SESSION_ID", "Session expired or invalid");
  if (!mayChangeMetadata(org, user)) throw new RestError(403, "INSUFFICIENT_ACCESS", notAllowed);
  return user;
}

function found(find: () => OrgDeployment): OrgDeployment {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof MetadataError)) throw error;
    throw new RestError(error.code === "INVALID_CROSS_REFERENCE_KEY" ? 404 : 400, error.code, error.message);
  }
}

function refuseMethod(request: Context, allowed: string): never {
  request.header("Allow", allowed);
  throw new RestError(
    405,
    "METHOD_NOT_ALLOWED",
    `HTTP Method '${request.req.method}' not allowed. Allowed are ${allowed}`,
  );
}
