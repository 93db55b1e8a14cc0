import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { issueOpaqueToken } from "../../src/localorg/oauth/accessToken.ts";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox, userOf } from "./clients.ts";
import { appXml, appZip, connect, deploy, manifestXml, namespace, zipOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeAll(async () => {
  sandbox = await startSandbox();
  await deploy(sandbox, await appZip(appXml("<scopes>Api</scopes><scopes>Web</scopes>"), "First_App"));
});
afterAll(() => sandbox.stop());

function envelope(body: string, sessionId = sandbox.accessToken): string {
  return `<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" xmlns="${namespace}"><s:Header><SessionHeader><sessionId>${sessionId}</sessionId></SessionHeader></s:Header><s:Body>${body}</s:Body></s:Envelope>`;
}

async function post(body: string | Uint8Array<ArrayBuffer>, { version = "67.0", type = "text/xml" } = {}) {
  const url = `${sandbox.org.myDomainUrl}/services/Soap/m/${version}`;
  const response = await fetch(url, {
    method: "POST",
    headers: { "Content-Type": type, SOAPAction: '""' },
    body,
  });
  return { status: response.status, type: response.headers.get("Content-Type"), text: await response.text() };
}

function fault(code: string, message: string): string {
  return `<faultcode>${code}</faultcode><faultstring>${message}</faultstring>`;
}

test("a session that does not exist is answered with Salesforce's fault", async () => {
  const { status, type, text } = await post(envelope("<describeMetadata/>", "00Dxx!nothing"));
  expect(status).toBe(500);
  expect(type).toMatch(/^text\/xml/);
  expect(text).toContain(
    fault(
      "sf:INVALID_SESSION_ID",
      "INVALID_SESSION_ID: Invalid Session ID found in SessionHeader: Illegal Session. Session not found, missing session key: 00Dxx!nothing",
    ),
  );
});

test("a user who is no administrator may not use the Metadata API", async () => {
  const token = issueOpaqueToken(sandbox.org, userOf(sandbox, "cpq.person@example.com"));
  const { status, text } = await post(envelope("<describeMetadata/>", token));
  expect(status).toBe(500);
  expect(text).toContain("<faultcode>sf:INSUFFICIENT_ACCESS</faultcode>");
});

describe("a request is answered with a fault for", () => {
  test.each<{ what: string; send: () => Promise<{ status: number; text: string }>; code: string }>([
    { what: "no XML", send: () => post("hello"), code: "soapenv:Client" },
    { what: "an empty body", send: () => post(""), code: "soapenv:Client" },
    { what: "bytes that are no UTF-8", send: () => post(Buffer.from([0x3c, 0xff])), code: "soapenv:Client" },
    { what: "another root element", send: () => post("<x/>"), code: "soapenv:Client" },
    {
      what: "a document type",
      send: () => post(`<!DOCTYPE a>${envelope("<describeMetadata/>")}`),
      code: "soapenv:Client",
    },
    {
      what: "an entity bomb",
      send: () => post(`<!DOCTYPE a [<!ENTITY b "bb">]>${envelope("&b;")}`),
      code: "soapenv:Client",
    },
    { what: "JSON", send: () => post("{}", { type: "application/json" }), code: "soapenv:Client" },
    { what: "no operation", send: () => post(envelope("")), code: "soapenv:Client" },
    {
      what: "an operation that does not exist",
      send: () => post(envelope("<explode/>")),
      code: "soapenv:Client",
    },
    {
      what: "an operation that each object has",
      send: () => post(envelope("<valueOf/>")),
      code: "soapenv:Client",
    },
    {
      what: "a version to come",
      send: () => post(envelope("<describeMetadata/>"), { version: "99.0" }),
      code: "sf:UNSUPPORTED_API_VERSION",
    },
    { what: "a deploy without a zip", send: () => post(envelope("<deploy/>")), code: "soapenv:Client" },
    {
      what: "a zip that is no base64",
      send: () => post(envelope("<deploy><ZipFile>a*b=</ZipFile></deploy>")),
      code: "soapenv:Client",
    },
    {
      what: "an unknown option",
      send: () =>
        post(envelope("<deploy><ZipFile>AAAA</ZipFile><DeployOptions><x>1</x></DeployOptions></deploy>")),
      code: "soapenv:Client",
    },
    {
      what: "an unknown test level",
      send: () =>
        post(
          envelope(
            "<deploy><ZipFile>AAAA</ZipFile><DeployOptions><testLevel>All</testLevel></DeployOptions></deploy>",
          ),
        ),
      code: "soapenv:Client",
    },
    {
      what: "the status of no deploy",
      send: () =>
        post(
          envelope("<checkDeployStatus><asyncProcessId>0Af000000000000</asyncProcessId></checkDeployStatus>"),
        ),
      code: "sf:INVALID_CROSS_REFERENCE_KEY",
    },
    {
      what: "the status of no retrieve",
      send: () =>
        post(envelope("<checkRetrieveStatus><asyncProcessId>x</asyncProcessId></checkRetrieveStatus>")),
      code: "sf:INVALID_CROSS_REFERENCE_KEY",
    },
    {
      what: "a list of no type",
      send: () => post(envelope("<listMetadata><queries><type>Nothing</type></queries></listMetadata>")),
      code: "sf:INVALID_TYPE",
    },
  ])("$what", async ({ send, code }) => {
    const { status, text } = await send();
    expect(status).toBe(500);
    expect(text).toContain(`<faultcode>${code}</faultcode>`);
  });
});

test("GET is not allowed", async () => {
  const response = await fetch(`${sandbox.org.myDomainUrl}/services/Soap/m/67.0`);
  expect(response.status).toBe(405);
  expect(response.headers.get("Allow")).toContain("POST");
});

test("jsforce describes, lists and reads connected apps", async () => {
  const { metadata } = connect(sandbox);
  const described = (await metadata.describe()).metadataObjects;
  expect(described.slice(0, 6)).toMatchObject([
    { xmlName: "ConnectedApp", directoryName: "connectedApps", suffix: "connectedApp", inFolder: false },
    { xmlName: "ExternalClientApplication", directoryName: "externalClientApps", suffix: "eca" },
    { xmlName: "ExtlClntAppOauthSettings", directoryName: "extlClntAppOauthSettings", suffix: "ecaOauth" },
    {
      xmlName: "ExtlClntAppGlobalOauthSettings",
      directoryName: "extlClntAppGlobalOauthSets",
      suffix: "ecaGlblOauth",
    },
    {
      xmlName: "ExtlClntAppOauthConfigurablePolicies",
      directoryName: "extlClntAppOauthPolicies",
      suffix: "ecaOauthPlcy",
    },
    {
      xmlName: "ExtlClntAppConfigurablePolicies",
      directoryName: "extlClntAppPolicies",
      suffix: "ecaPlcy",
    },
  ]);
  expect(described.at(-1)).toMatchObject({
    xmlName: "Settings",
    directoryName: "settings",
    suffix: "settings",
  });
  expect(await metadata.list({ type: "ConnectedApp" })).toMatchObject([
    {
      fullName: "First_App",
      fileName: "connectedApps/First_App.connectedApp",
      type: "ConnectedApp",
      createdByName: "Ada Moreno",
    },
  ]);
  const [first, missing] = await metadata.read("ConnectedApp", ["First_App", "Nothing"]);
  expect(first).toMatchObject({
    fullName: "First_App",
    label: "CPQ & Admin",
    oauthConfig: { scopes: ["Api", "Web"], callbackUrl: "https://login.example.com/callback" },
    oauthPolicy: { ipRelaxation: "ENFORCE", refreshTokenPolicy: "infinite" },
  });
  expect(first?.oauthConfig).not.toHaveProperty("consumerSecret");
  expect(missing?.fullName).toBeFalsy();
});

test("a retrieve tells what cannot be found, and gives the rest", async () => {
  const types = [
    { name: "ConnectedApp", members: ["First_App", "Nothing"] },
    { name: "Nonsense", members: ["*"] },
  ];
  const result = await connect(sandbox)
    .metadata.retrieve({ apiVersion: "67.0", unpackaged: { types, version: "67.0" } } as never)
    .complete();
  expect(result.status).toBe("Succeeded");
  expect(result.messages).toEqual([
    {
      fileName: "unpackaged/package.xml",
      problem: "Entity of type 'ConnectedApp' named 'Nothing' cannot be found",
    },
    { fileName: "unpackaged/package.xml", problem: "Unknown type name 'Nonsense' specified in package.xml" },
  ]);
  expect(result.fileProperties).toMatchObject([
    { fileName: "unpackaged/connectedApps/First_App.connectedApp", createdByName: "Ada Moreno" },
  ]);
});

test("text comes back as it was sent, whatever it holds", async () => {
  const label = "&amp;lt; &lt;b&gt; &#x1F600; \u00e9 ' &quot; <![CDATA[a & b]]>";
  const xml = `<ConnectedApp xmlns="${namespace}"><contactEmail>a@example.com</contactEmail><label>${label}</label></ConnectedApp>`;
  const zip = await zipOf({
    "package.xml": manifestXml({ ConnectedApp: ["Odd"] }),
    "connectedApps/Odd.connectedApp": `\uFEFF${xml}`,
  });
  expect((await deploy(sandbox, zip)).status).toBe("Succeeded");
  const odd = await connect(sandbox).metadata.read("ConnectedApp", "Odd");
  expect(odd.label).toBe("&lt; <b> \u{1F600} \u00e9 ' \" a & b");
});

test("a deploy that is over cannot be canceled", async () => {
  const { id } = await deploy(sandbox, await appZip(appXml(""), "Second_App"), { checkOnly: true });
  await expect(connect(sandbox).metadata.cancelDeploy(id)).rejects.toThrow(/Deployment already completed/);
});
