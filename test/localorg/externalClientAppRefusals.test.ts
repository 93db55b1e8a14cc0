import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox } from "./clients.ts";
import { cpqAdmin, cpqAdminWith, deployFiles, type Files, problemsWith } from "./externalClientAppFiles.ts";
import { deploy, manifestXml, namespace, zipOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

const runAsRefused = "Enter a valid execution user for the OAuth client credentials flow.";

// Metadata API guide, and texts that are reported from live orgs.
test.each<{ what: string; changes: Files; problem: string }>([
  {
    what: "an unknown Run As user",
    changes: { oauthPolicies: { clientCredentialsFlowUser: "no.one@example.com" } },
    problem: runAsRefused,
  },
  {
    what: "a Run As user who is a person",
    changes: { oauthPolicies: { clientCredentialsFlowUser: "cpq.person@example.com" } },
    problem: runAsRefused,
  },
  {
    what: "an inactive Run As user",
    changes: { oauthPolicies: { clientCredentialsFlowUser: "cpq.former@example.com" } },
    problem: runAsRefused,
  },
  {
    what: "a JWT timeout that does not exist",
    changes: { oauthPolicies: { namedUserJwtTimeout: "45" } },
    problem:
      "Invalid value for namedUserJwtTimeout: 45. Valid values: 1, 5, 10, 15, 30, 60, 90, 120, 240, 480, 720",
  },
  {
    what: "an unknown IP relaxation",
    changes: { oauthPolicies: { ipRelaxationPolicyType: "ENFORCE" } },
    problem:
      "Invalid value for ipRelaxationPolicyType: ENFORCE. Valid values: Enforce, Bypass, Bypass_2factor, Enforce_RelaxRefresh",
  },
  {
    what: "an unknown timeout type",
    changes: { oauthPolicies: { namedUserJwtSessionTimeoutType: "Own" } },
    problem:
      "'Own' is not a valid value for the enum 'JWTSessionTimeoutType'. Valid values: UserSession, Custom",
  },
  {
    what: "AdminApproved, which is no word for permitted users",
    changes: { oauthPolicies: { permittedUsersPolicyType: "AdminApproved" } },
    problem: "Valid values: AllSelfAuthorized, AdminApprovedPreAuthorized",
  },
  {
    what: "an unknown permission set",
    changes: { oauthPolicies: { commaSeparatedPermissionSet: "CPQ_Integration, Nope" } },
    problem: "no PermissionSet named Nope found",
  },
  {
    what: "the label of a permission set",
    changes: { oauthPolicies: { commaSeparatedPermissionSet: "CPQ Integration" } },
    problem: "no PermissionSet named CPQ Integration found",
  },
  {
    what: "an unknown profile",
    changes: { oauthPolicies: { commaSeparatedProfile: "Nobody" } },
    problem: "no Profile named Nobody found",
  },
  {
    what: "the API name of a profile",
    changes: { oauthPolicies: { commaSeparatedProfile: "Admin" } },
    problem: "no Profile named Admin found",
  },
  {
    what: "permission sets without pre-authorization",
    changes: { oauthPolicies: { permittedUsersPolicyType: "AllSelfAuthorized" } },
    problem: "AdminApprovedPreAuthorized",
  },
  {
    what: "the scope name of connected apps",
    changes: { oauth: { commaSeparatedOauthScopes: "Api, SFAP" } },
    problem: "Invalid OAuth scope: SFAP. Valid values: Basic, Api,",
  },
  {
    what: "an unknown application",
    changes: { policies: { externalClientApplication: "Other" } },
    problem: "INVALID_CROSS_REFERENCE_KEY",
  },
  {
    what: "no application",
    changes: { policies: { externalClientApplication: "" } },
    problem: "Enter the name of the parent external client app",
  },
  {
    what: "policies that do not say whether the app is enabled",
    changes: { policies: { isEnabled: "" } },
    problem: "Required field is missing: isEnabled",
  },
  {
    what: "a timeout type while JWTs are off",
    changes: { global: { isNamedUserJwtEnabled: "false" } },
    problem: "Invalid plugin settings",
  },
  {
    what: "an unsafe callback URL",
    changes: { global: { callbackUrl: "http://example.com" } },
    problem: "Callback URL: The URL must use HTTPS",
  },
  {
    what: "a second callback URL that is unsafe",
    changes: { global: { callbackUrl: "https://example.com/one\nhttp://example.com/two" } },
    problem: "Callback URL: The URL must use HTTPS",
  },
  {
    what: "a malformed key",
    changes: { global: { consumerKey: "short" } },
    problem: "Consumer Key must be alphanumeric",
  },
  {
    what: "a rotation without ignoreWarnings",
    changes: { global: { shouldRotateConsumerSecret: "true" } },
    problem: "ignoreWarnings",
  },
  {
    what: "a malformed address",
    changes: { app: { contactEmail: "nobody" } },
    problem: "Contact Email: invalid email address: nobody",
  },
])("a deploy with $what fails, and changes nothing", async ({ changes, problem }) => {
  const problems = await problemsWith(sandbox, cpqAdminWith(changes));
  expect(problems.join("\n")).toContain(problem);
  expect(sandbox.org.components.size).toBe(0);
});

test("global settings need OAuth settings, before them or in the same deploy", async () => {
  const { app, oauth, global } = cpqAdmin;
  expect(await problemsWith(sandbox, { app, global })).toEqual([
    "The external client app configured in your global OAuth Settings doesn't have a valid OAuth settings configuration.",
  ]);
  expect(await problemsWith(sandbox, { app, oauth })).toEqual([]);
  expect(await problemsWith(sandbox, { global })).toEqual([]);
});

// Reported from live orgs: of each type, an application has one component, whatever it is called.
describe("a second component of a type for one application", () => {
  const element = "<externalClientApplication>CPQ_Admin</externalClientApplication>";
  const second = async (type: string, path: string, more = "") =>
    deploy(
      sandbox,
      await zipOf({
        "package.xml": manifestXml({ [type]: ["Second"] }),
        [path]: `<${type} xmlns="${namespace}">${element}${more}</${type}>`,
      }),
    );

  test.each([
    {
      type: "ExtlClntAppOauthSettings",
      path: "extlClntAppOauthSettings/Second.ecaOauth",
      first: "CPQ_Admin_oauth",
    },
    {
      type: "ExtlClntAppGlobalOauthSettings",
      path: "extlClntAppGlobalOauthSets/Second.ecaGlblOauth",
      first: "CPQ_Admin_glbloauth",
    },
    {
      type: "ExtlClntAppOauthConfigurablePolicies",
      path: "extlClntAppOauthPolicies/Second.ecaOauthPlcy",
      first: "CPQ_Admin_oauthPlcy",
    },
    {
      type: "ExtlClntAppConfigurablePolicies",
      path: "extlClntAppPolicies/Second.ecaPlcy",
      first: "CPQ_Admin_plcy",
      more: "<isEnabled>true</isEnabled>",
    },
  ])("is refused: $type", async ({ type, path, first, more }) => {
    await deployFiles(sandbox, cpqAdmin);
    const { details } = await second(type, path, more);
    expect(details.componentFailures).toMatchObject([
      {
        fullName: "Second",
        problem: `duplicate value found: ExternalClientApplicationId duplicates value on ${first}`,
      },
    ]);
  });
});

// Reported from one live org: a deploy adds profiles, and stumbles over those that are there.
describe("profiles that are granted already", () => {
  const policies = (commaSeparatedProfile: string) => ({
    oauthPolicies: { ...cpqAdmin.oauthPolicies, commaSeparatedProfile },
  });
  const granted = () =>
    sandbox.org.components
      .get("ExtlClntAppOauthConfigurablePolicies")
      ?.get("CPQ_Admin_oauthPlcy")
      ?.content.children.find(({ name }) => name === "commaSeparatedProfile")?.text;

  test("are refused when they are sent again, and stay if they are not", async () => {
    await deployFiles(sandbox, cpqAdminWith(policies("System Administrator")));
    expect(await problemsWith(sandbox, policies("System Administrator"))).toEqual([
      "profile names are already taken",
    ]);
    expect(await problemsWith(sandbox, policies("Standard User"))).toEqual([]);
    expect(granted()).toBe("System Administrator, Standard User");
    expect(await problemsWith(sandbox, { oauthPolicies: cpqAdmin.oauthPolicies })).toEqual([]);
    expect(granted()).toBe("System Administrator, Standard User");
  });

  test("are taken again by an org that does not mind", async () => {
    sandbox.org.behaviour.refuseGrantedProfiles = false;
    await deployFiles(sandbox, cpqAdminWith(policies("System Administrator")));
    expect(await problemsWith(sandbox, policies("System Administrator"))).toEqual([]);
    expect(granted()).toBe("System Administrator");
  });
});
