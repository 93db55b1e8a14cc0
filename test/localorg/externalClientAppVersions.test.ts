import JSZip from "jszip";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { postForm, startSandbox } from "./clients.ts";
import { addConnectedApp, consumerKey, consumerSecret, withOAuth } from "./connectedApp.ts";
import { cpqAdmin, cpqAdminWith, deployFiles, problemsWith } from "./externalClientAppFiles.ts";
import { appXml, connect, deploy, manifestXml, namespace, problemsOf, zipOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeEach(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.stop());

const oauthPoliciesType = "ExtlClntAppOauthConfigurablePolicies";
const element = (name: string, text: string) => `<${name}>${text}</${name}>`;

/** Deploys OAuth policies with these elements after the application's name, and gives back what was wrong. */
async function policyProblems(version: string, elements: string): Promise<string[]> {
  const manifest = manifestXml({ [oauthPoliciesType]: ["CPQ_Admin_oauthPlcy"] });
  const application = element("externalClientApplication", "CPQ_Admin");
  const { details } = await deploy(
    sandbox,
    await zipOf({
      "package.xml": manifest.replace("67.0", version),
      "extlClntAppOauthPolicies/CPQ_Admin_oauthPlcy.ecaOauthPlcy": `<${oauthPoliciesType} xmlns="${namespace}">${application}${elements}</${oauthPoliciesType}>`,
    }),
  );
  return details.componentFailures.map(({ problem }) => problem ?? "");
}

// Metadata API guide: what came with API version 65.
describe("before API version 65", () => {
  beforeEach(() => deployFiles(sandbox, cpqAdmin));

  test("the kind of timeout is an unknown element", async () => {
    const elements = element("namedUserJwtSessionTimeoutType", "Custom");
    expect(await policyProblems("64.0", elements)).toEqual([
      `Error parsing file: Element {${namespace}}namedUserJwtSessionTimeoutType invalid at this location in type ${oauthPoliciesType}`,
    ]);
    expect(await policyProblems("65.0", elements)).toEqual([]);
  });

  test("a timeout is 30 minutes at most", async () => {
    expect(await policyProblems("64.0", element("namedUserJwtTimeout", "30"))).toEqual([]);
    expect(await policyProblems("64.0", element("namedUserJwtTimeout", "60"))).toEqual([
      "Invalid value for namedUserJwtTimeout: 60. Valid values: 1, 5, 10, 15, 30",
    ]);
    expect(await policyProblems("65.0", element("namedUserJwtTimeout", "60"))).toEqual([]);
  });

  test("a retrieve does not show what came later", async () => {
    const { zipFile } = await connect(sandbox)
      .metadata.retrieve({
        apiVersion: "64.0",
        singlePackage: true,
        unpackaged: { types: [{ name: oauthPoliciesType, members: ["*"] }], version: "64.0" },
      } as never)
      .complete();
    const zip = await JSZip.loadAsync(zipFile, { base64: true });
    const text = await zip.file("extlClntAppOauthPolicies/CPQ_Admin_oauthPlcy.ecaOauthPlcy")?.async("string");
    expect(text).toContain("<namedUserJwtTimeout>60</namedUserJwtTimeout>");
    expect(text).not.toContain("namedUserJwtSessionTimeoutType");
  });

  test("the version of the request counts if the manifest names none", async () => {
    const manifest = manifestXml({ [oauthPoliciesType]: ["CPQ_Admin_oauthPlcy"] });
    const zip = await zipOf({
      "package.xml": manifest.replace(/<version>.*<\/version>/, ""),
      "extlClntAppOauthPolicies/CPQ_Admin_oauthPlcy.ecaOauthPlcy": `<${oauthPoliciesType} xmlns="${namespace}">${element("externalClientApplication", "CPQ_Admin")}${element("namedUserJwtSessionTimeoutType", "Custom")}</${oauthPoliciesType}>`,
    });
    const connection = connect(sandbox);
    connection.version = "64.0";
    const options = { rollbackOnError: true, singlePackage: true };
    expect(await connection.metadata.deploy(zip, options).complete(true)).toMatchObject({ success: false });
    connection.version = "65.0";
    expect(await connection.metadata.deploy(zip, options).complete(true)).toMatchObject({ success: true });
  });
});

// Reported from one live org.
describe("an element that stands too late", () => {
  const settings = async (elements: string) => {
    const type = "ExtlClntAppOauthSettings";
    const { details } = await deploy(
      sandbox,
      await zipOf({
        "package.xml": manifestXml({ ExternalClientApplication: ["CPQ_Admin"], [type]: ["CPQ_Admin_oauth"] }),
        "externalClientApps/CPQ_Admin.eca": `<ExternalClientApplication xmlns="${namespace}"><label>CPQ</label></ExternalClientApplication>`,
        "extlClntAppOauthSettings/CPQ_Admin_oauth.ecaOauth": `<${type} xmlns="${namespace}">${elements}</${type}>`,
      }),
    );
    return details.componentFailures.map(({ problem }) => problem);
  };
  const scopes = element("commaSeparatedOauthScopes", "Api");
  const application = element("externalClientApplication", "CPQ_Admin");
  const label = element("label", "CPQ");

  test("is lost without a word", async () => {
    expect(await settings(application + label + scopes)).toEqual([]);
    const saved = sandbox.org.components.get("ExtlClntAppOauthSettings")?.get("CPQ_Admin_oauth");
    expect(saved?.content.children.map(({ name }) => name)).toEqual(["externalClientApplication", "label"]);
  });

  test("is missed if it names the application", async () => {
    expect(await settings(label + application)).toEqual(["Enter the name of the parent external client app"]);
    expect(await settings(scopes + application + label)).toEqual([]);
  });
});

// Live orgs refuse words that they do not know; a release brings new ones.
describe("a scope of tomorrow", () => {
  const tomorrow = { ConnectedAppOauthAccessScope: ["TomorrowApi"] };

  test("is refused today, by both kinds of app", async () => {
    const files = cpqAdminWith({ oauth: { commaSeparatedOauthScopes: "Api, TomorrowApi" } });
    expect((await problemsWith(sandbox, files)).join()).toContain("Invalid OAuth scope: TomorrowApi");
    expect(await problemsOf(sandbox, appXml("<scopes>TomorrowApi</scopes>"))).toEqual([
      "'TomorrowApi' is not a valid value for the enum 'ConnectedAppOauthAccessScope'",
    ]);
  });

  test("is taken by an org that knows it, and comes back and is granted as itself", async () => {
    sandbox.org.behaviour.furtherWords = tomorrow;
    const files = cpqAdminWith({ oauth: { commaSeparatedOauthScopes: "Api, TomorrowApi" } });
    expect(await problemsWith(sandbox, files)).toEqual([]);
    expect(await problemsOf(sandbox, appXml("<scopes>TomorrowApi</scopes>"))).toEqual([]);
    const read = await connect(sandbox).metadata.read("ExtlClntAppOauthSettings" as never, "CPQ_Admin_oauth");
    expect(read).toMatchObject({ commaSeparatedOauthScopes: "Api, TomorrowApi" });
    addConnectedApp(sandbox.org, withOAuth({ scopes: ["Api", "TomorrowApi"] }));
    const response = await postForm(`${sandbox.org.myDomainUrl}/services/oauth2/token`, {
      grant_type: "client_credentials",
      client_id: consumerKey,
      client_secret: consumerSecret,
    });
    expect(await response.json()).toMatchObject({ scope: "api TomorrowApi" });
  });

  test("so is a further word of any enum", async () => {
    sandbox.org.behaviour.furtherWords = { SessionSecurityLevel: ["VERY_HIGH"] };
    const files = cpqAdminWith({ oauthPolicies: { requiredSessionLevel: "VERY_HIGH" } });
    expect(await problemsWith(sandbox, files)).toEqual([]);
  });
});
