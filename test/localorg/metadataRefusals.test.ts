import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { LocalOrg } from "../../src/localorg/start.ts";
import { startSandbox } from "./clients.ts";
import { appXml, namespace, problemsOf } from "./metadataClients.ts";

let sandbox: LocalOrg;

beforeAll(async () => {
  sandbox = await startSandbox();
});
afterAll(() => sandbox.stop());

const flowOn = "<isClientCredentialEnabled>true</isClientCredentialEnabled>";
const key = "<consumerKey>refusedKey0001</consumerKey>";
const runAsRefused = "Enter a valid execution user for the OAuth client credentials flow.";
const parsingError = "Error parsing file: ";

function runAs(username: string, before = key + flowOn): string {
  return appXml(`${before}<oauthClientCredentialUser>${username}</oauthClientCredentialUser>`);
}
function app(elements: string): string {
  return `<ConnectedApp xmlns="${namespace}">${elements}</ConnectedApp>`;
}
function policy(ipRelaxation: string, refreshTokenPolicy: string): string {
  const elements = `<ipRelaxation>${ipRelaxation}</ipRelaxation><refreshTokenPolicy>${refreshTokenPolicy}</refreshTokenPolicy>`;
  return appXml("", { after: `<oauthPolicy>${elements}</oauthPolicy>` });
}

describe("a connected app is refused for", () => {
  test.each<{ what: string; xml: string; problem: string }>([
    {
      what: "an element that does not exist",
      xml: appXml("<isAdminAproved>true</isAdminAproved>"),
      problem: `${parsingError}Element {${namespace}}isAdminAproved invalid at this location in type ConnectedAppOauthConfig`,
    },
    {
      what: "an element of no namespace",
      xml: appXml("", { before: '<label xmlns="">x</label>' }),
      problem: `${parsingError}Element {}label invalid at this location in type ConnectedApp`,
    },
    {
      what: "an element that every object has",
      xml: appXml("", { before: "<hasOwnProperty/>" }),
      problem: `${parsingError}Element {${namespace}}hasOwnProperty invalid at this location in type ConnectedApp`,
    },
    {
      what: "an element given twice",
      xml: appXml("", { before: "<label>A</label>" }),
      problem: `${parsingError}Element label is duplicated at this location in type ConnectedApp`,
    },
    {
      what: "list elements that do not stand together",
      xml: appXml("<scopes>Api</scopes><isPkceRequired>true</isPkceRequired><scopes>Web</scopes>"),
      problem: `${parsingError}Element scopes is duplicated at this location in type ConnectedAppOauthConfig`,
    },
    {
      what: "a scope that does not exist",
      xml: appXml("<scopes>Everything</scopes>"),
      problem: "'Everything' is not a valid value for the enum 'ConnectedAppOauthAccessScope'",
    },
    {
      what: "a boolean that is none",
      xml: appXml("<isPkceRequired>yes</isPkceRequired>"),
      problem: `${parsingError}'yes' is not a valid value for the type xsd:boolean`,
    },
    {
      what: "a number that is none",
      xml: appXml("", { after: "<sessionPolicy><sessionTimeout>1e3</sessionTimeout></sessionPolicy>" }),
      problem: `${parsingError}'1e3' is not a valid value for the type xsd:int`,
    },
    {
      what: "a missing label",
      xml: app("<contactEmail>a@example.com</contactEmail>"),
      problem: "Required field is missing: label",
    },
    {
      what: "a missing contact email",
      xml: app("<label>A</label>"),
      problem: "Required field is missing: contactEmail",
    },
    {
      what: "an empty label",
      xml: app("<contactEmail>a@example.com</contactEmail><label/>"),
      problem: "Required field is missing: label",
    },
    {
      what: "OAuth without a callback URL",
      xml: app("<contactEmail>a@example.com</contactEmail><label>A</label><oauthConfig/>"),
      problem: "Required field is missing: callbackUrl",
    },
    {
      what: "text between elements",
      xml: appXml("", { before: "stray" }),
      problem: `${parsingError}Element ConnectedApp cannot hold text: stray`,
    },
    {
      what: "elements within text",
      xml: app("<contactEmail><b>a@example.com</b></contactEmail>"),
      problem: `${parsingError}Element {${namespace}}b invalid at this location in type xsd:string`,
    },
    {
      what: "another root element",
      xml: `<Flow xmlns="${namespace}"/>`,
      problem: `${parsingError}Element {${namespace}}Flow is not the expected element {${namespace}}ConnectedApp`,
    },
    {
      what: "a short key",
      xml: appXml("<consumerKey>short12</consumerKey>"),
      problem: "Consumer Key must be alphanumeric and between 8 and 256 characters long.",
    },
    {
      what: "a key with a dot",
      xml: appXml("<consumerKey>with.a.dot1</consumerKey>"),
      problem: "Consumer Key must be alphanumeric and between 8 and 256 characters long.",
    },
    {
      what: "a long key",
      xml: appXml(`<consumerKey>${"k".repeat(257)}</consumerKey>`),
      problem: "Consumer Key must be alphanumeric and between 8 and 256 characters long.",
    },
    {
      what: "a short secret",
      xml: appXml("<consumerSecret>short</consumerSecret>"),
      problem: "Consumer Secret must be alphanumeric and between 8 and 256 characters long.",
    },
    { what: "a Run As user who does not exist", xml: runAs("nobody@example.com"), problem: runAsRefused },
    { what: "a Run As user who is inactive", xml: runAs("cpq.former@example.com"), problem: runAsRefused },
    { what: "a Run As user without API Only", xml: runAs("cpq.person@example.com"), problem: runAsRefused },
    {
      what: "a Run As user without the flow",
      xml: runAs("cpq.integration@example.com", key),
      problem: runAsRefused,
    },
    {
      what: "a Run As user without a key",
      xml: runAs("cpq.integration@example.com", flowOn),
      problem: runAsRefused,
    },
    {
      what: "a profile without admin approval",
      xml: appXml("", { after: "<profileName>Standard User</profileName>" }),
      problem: "Profiles and permission sets can only be specified when isAdminApproved is true.",
    },
    {
      what: "a profile that does not exist",
      xml: appXml("<isAdminApproved>true</isAdminApproved>", { after: "<profileName>Nobody</profileName>" }),
      problem: "In field: profileName - no Profile named Nobody found",
    },
    {
      what: "a permission set that does not exist",
      xml: appXml("<isAdminApproved>true</isAdminApproved>", {
        after: "<permissionSetName>Nothing</permissionSetName>",
      }),
      problem: "In field: permissionSetName - no PermissionSet named Nothing found",
    },
    {
      what: "an unknown IP relaxation",
      xml: policy("enforce", "infinite"),
      problem: "Invalid value for ipRelaxation: enforce",
    },
    {
      what: "an unknown refresh token policy",
      xml: policy("ENFORCE", "specific_lifetime:0:DAYS"),
      problem: "Invalid value for refreshTokenPolicy: specific_lifetime:0:DAYS",
    },
    {
      what: "a document type",
      xml: `<!DOCTYPE x [<!ENTITY a "b">]>${app("")}`,
      problem: `${parsingError}DOCTYPE is disallowed when the feature "disallow-doctype-decl" set to true.`,
    },
    {
      what: "an entity that is not declared",
      xml: app("<label>&nbsp;</label>"),
      problem: `${parsingError}The entity "nbsp" was referenced, but not declared.`,
    },
    { what: "an empty file", xml: "", problem: `${parsingError}Premature end of file.` },
  ])("$what", async ({ xml, problem }) => {
    expect(await problemsOf(sandbox, xml)).toEqual([problem]);
    expect(sandbox.org.connectedApps.size).toBe(0);
  });
});

describe("a file is refused with a problem, and no crash, for", () => {
  test.each<{ what: string; bytes: Uint8Array }>([
    { what: "bytes that are no UTF-8", bytes: Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe]) },
    { what: "UTF-16", bytes: Buffer.from(app(""), "utf16le") },
    { what: "a NUL", bytes: Buffer.from(app("<label>a\0b</label>")) },
    { what: "a reference to a NUL", bytes: Buffer.from(app("<label>&#0;</label>")) },
    { what: "elements a thousand deep", bytes: Buffer.from(`${"<a>".repeat(1000)}${"</a>".repeat(1000)}`) },
    { what: "a tag that is not closed", bytes: Buffer.from(`<ConnectedApp xmlns="${namespace}"><label>`) },
    { what: "two root elements", bytes: Buffer.from(app("") + app("")) },
    { what: "text after the root element", bytes: Buffer.from(`${app("")}x`) },
    { what: "a prefix of no namespace", bytes: Buffer.from("<x:ConnectedApp/>") },
    { what: "a key of JavaScript", bytes: Buffer.from(app("<__proto__><label>x</label></__proto__>")) },
  ])("$what", async ({ bytes }) => {
    const problems = await problemsOf(sandbox, bytes);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^Error parsing file: ./);
  });
});

describe("an app is not created under the name", () => {
  test.each([
    { name: "acme__App", problem: /namespace: acme/ },
    { name: "1App", problem: /begin with a letter/ },
    { name: "App_", problem: /not end with an underscore/ },
    { name: "My App", problem: /not include spaces/ },
  ])("$name", async ({ name, problem }) => {
    const problems = await problemsOf(sandbox, appXml(""), name);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });
});
