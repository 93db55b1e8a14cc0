import { decodeJwt } from "jose";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type LocalOrg, type RunningOrg, startLocalOrgs } from "../../src/localorg/start.ts";
import { getWithToken, postForm, startSandbox } from "./clients.ts";
import { cpqAdmin, cpqAdminWith, deployFiles, type Files, problemsWith } from "./externalClientAppFiles.ts";
import { connect } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

/** Deploys an app, and asks for a token. */
async function tokenAnswer(files: Files): Promise<Record<string, string>> {
  expect(await problemsWith(sandbox, files)).toEqual([]);
  const consumer = sandbox.org.components
    .get("ExtlClntAppGlobalOauthSettings")
    ?.get("CPQ_Admin_glbloauth")?.consumer;
  const response = await postForm(`${sandbox.org.myDomainUrl}/services/oauth2/token`, {
    grant_type: "client_credentials",
    client_id: consumer?.consumerKey ?? "",
    client_secret: consumer?.consumerSecret ?? "",
  });
  return (await response.json()) as Record<string, string>;
}

test("an external client app gets a JWT that is valid for the deployed timeout", async () => {
  const answer = await tokenAnswer(cpqAdmin);
  expect(answer).toMatchObject({ token_format: "jwt", scope: "api id" });
  const { exp = 0, iat = 0 } = decodeJwt(answer.access_token ?? "");
  expect(exp - iat).toBe(60 * 60);
  const url = `${sandbox.org.myDomainUrl}/services/data/v67.0/sobjects`;
  expect((await getWithToken(url, answer.access_token ?? "")).status).toBe(200);
});

// The Metadata API guide: a session timeout of the user means no timeout of the app's own.
test("with the timeout type UserSession, a JWT is valid as long as a session of the user", async () => {
  const files = cpqAdminWith({
    oauthPolicies: { namedUserJwtSessionTimeoutType: "UserSession", namedUserJwtTimeout: "" },
  });
  const { exp = 0, iat = 0 } = decodeJwt((await tokenAnswer(files)).access_token ?? "");
  expect(exp - iat).toBe(120 * 60);
});

test("without the JWT switch, the token is opaque; the scope SFApiPlatform is sfap_api", async () => {
  const answer = await tokenAnswer(
    cpqAdminWith({
      global: { isNamedUserJwtEnabled: "false" },
      oauthPolicies: { namedUserJwtSessionTimeoutType: "", namedUserJwtTimeout: "" },
      oauth: { commaSeparatedOauthScopes: "SFApiPlatform" },
    }),
  );
  expect(answer.access_token).toMatch(/^00D.+!/);
  expect(answer.scope).toBe("sfap_api");
});

test.each<{ what: string; changes: Files; error: string }>([
  {
    what: "the flow off in the global settings",
    changes: { global: { isClientCredentialsFlowEnabled: "false" } },
    error: "invalid_grant",
  },
  {
    what: "the flow off in the policies",
    changes: { oauthPolicies: { isClientCredentialsFlowEnabled: "false" } },
    error: "invalid_grant",
  },
  {
    what: "no Run As user",
    changes: { oauthPolicies: { clientCredentialsFlowUser: "" } },
    error: "invalid_grant",
  },
  {
    what: "no permission set of the user",
    changes: { oauthPolicies: { commaSeparatedPermissionSet: "CPQ_Reports" } },
    error: "invalid_app_access",
  },
  { what: "the app turned off", changes: { policies: { isEnabled: "false" } }, error: "invalid_client_id" },
])("there is no token with $what", async ({ changes, error }) => {
  expect(await tokenAnswer(cpqAdminWith(changes))).toMatchObject({ error });
});

test("SOQL finds the app", async () => {
  await deployFiles(sandbox, cpqAdmin);
  const { records } = await connect(sandbox).query(
    "SELECT Id, DeveloperName, MasterLabel FROM ExternalClientApplication",
  );
  expect(records).toMatchObject([
    { Id: expect.stringMatching(/^0xI/), DeveloperName: "CPQ_Admin", MasterLabel: "CPQ Admin" },
  ]);
});

// Reported from live orgs, and by the discovery of users whose app was made in another org.
test("an app of another org is told that it works in its own org only, unless it is packaged", async () => {
  const { orgs, stop } = await startLocalOrgs();
  const [here, there] = orgs as [RunningOrg, RunningOrg];
  await deployFiles(there, cpqAdmin);
  const ask = async () => {
    const { consumer } =
      there.org.components.get("ExtlClntAppGlobalOauthSettings")?.get("CPQ_Admin_glbloauth") ?? {};
    const response = await postForm(`${here.org.myDomainUrl}/services/oauth2/token`, {
      grant_type: "client_credentials",
      client_id: consumer?.consumerKey ?? "",
      client_secret: consumer?.consumerSecret ?? "",
    });
    return response.json();
  };
  expect(await ask()).toEqual({
    error: "OAUTH_AUTHORIZATION_BLOCKED",
    error_description: "Cross-org OAuth flows are not supported for this external client app",
  });
  await deployFiles(there, { app: { ...cpqAdmin.app, distributionState: "Packaged" } });
  expect(await ask()).toMatchObject({ error: "invalid_client_id" });
  await stop();
});

// Reported by one user: the permission set helped.
test("in an org that wants permission sets, a profile alone approves nobody", async () => {
  const files = cpqAdminWith({
    oauthPolicies: {
      commaSeparatedPermissionSet: "",
      commaSeparatedProfile: "Minimum Access - API Only Integrations",
    },
  });
  expect(await tokenAnswer(files)).toHaveProperty("access_token");
  sandbox.org.behaviour.ignoreApprovedProfiles = true;
  expect(await tokenAnswer({})).toMatchObject({ error: "invalid_app_access" });
});
