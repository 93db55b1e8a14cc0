import { Hono } from "hono";
import { route } from "../http/salesforceErrors.ts";
import type { Org } from "../org.ts";
import { answerTokenRequest } from "./clientCredentials.ts";
import { discoveryDocument } from "./discovery.ts";
import { answerIdentity, answerUserInfo } from "./identity.ts";
import { answerIntrospection } from "./introspection.ts";
import { answerOAuth } from "./oauthError.ts";
import { answerRevocation } from "./revocation.ts";
import { publicJwk } from "./signingKey.ts";

/**
 * OAuth and OpenID Connect of one org.
 *
 * @param allOrgs of this process, to which apps may belong that ask here.
 * @param changed Called after each change that must outlive a restart.
 */
export function oauthRoutes(org: Org, allOrgs: readonly Org[], changed: () => void): Hono {
  const app = new Hono();
  app.all("/services/oauth2/token", (context) =>
    answerOAuth(context, () => answerTokenRequest(org, allOrgs, context, changed)),
  );
  app.all("/services/oauth2/introspect", (context) =>
    answerOAuth(context, () => answerIntrospection(org, context)),
  );
  route(app, ["GET", "POST"], "/services/oauth2/revoke", (context) =>
    answerOAuth(context, () => answerRevocation(org, context, changed)),
  );
  route(app, ["GET", "POST"], "/services/oauth2/userinfo", (context) => answerUserInfo(org, context));
  route(app, ["GET"], "/id/keys", (context) => context.json({ keys: [publicJwk(org.signingKey)] }));
  route(app, ["GET", "POST"], "/id/:orgId/:userId", (context) => answerIdentity(org, context));
  route(app, ["GET"], "/.well-known/openid-configuration", (context) => context.json(discoveryDocument(org)));
  return app;
}
