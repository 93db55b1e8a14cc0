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
  test.each<[string, string, string]>([
    [
      "an element that does not exist",
      appXml("<isAdminAproved>true</isAdminAproved>"),
      `${parsingError}Element {${namespace}}isAdminAproved invalid at this location in type ConnectedAppOauthConfig`,
    ],
    [
      "an element of no namespace",
      appXml("", { before: '<label xmlns="">x</label>' }),
      `${parsingError}Element {}label invalid at this location in type ConnectedApp`,
    ],
    [
      "an element that every object has",
      appXml("", { before: "<hasOwnProperty/>" }),
      `${parsingError}Element {${namespace}}hasOwnProperty invalid at this location in type ConnectedApp`,
    ],
    [
      "an element given twice",
      appXml("", { before: "<label>A</label>" }),
      `${parsingError}Element label is duplicated at this location in type ConnectedApp`,
    ],
    [
      "list elements that do not stand together",
      appXml("<scopes>Api</scopes><isPkceRequired>true</isPkceRequired><scopes>Web</scopes>"),
      `${parsingError}Element scopes is duplicated at this location in type ConnectedAppOauthConfig`,
    ],
    [
      "a scope that does not exist",
      appXml("<scopes>Everything</scopes>"),
      "'Everything' is not a valid value for the enum 'ConnectedAppOauthAccessScope'",
    ],
    [
      "a boolean that is none",
      appXml("<isPkceRequired>yes</isPkceRequired>"),
      `${parsingError}'yes' is not a valid value for the type xsd:boolean`,
    ],
    [
      "a number that is none",
      appXml("", { after: "<sessionPolicy><sessionTimeout>1e3</sessionTimeout></sessionPolicy>" }),
      `${parsingError}'1e3' is not a valid value for the type xsd:int`,
    ],
    [
      "a missing label",
      app("<contactEmail>a@example.com</contactEmail>"),
      "Required field is missing: label",
    ],
    ["a missing contact email", app("<label>A</label>"), "Required field is missing: contactEmail"],
    [
      "an empty label",
      app("<contactEmail>a@example.com</contactEmail><label/>"),
      "Required field is missing: label",
    ],
    [
      "OAuth without a callback URL",
      app("<contactEmail>a@example.com</contactEmail><label>A</label><oauthConfig/>"),
      "Required field is missing: callbackUrl",
    ],
    [
      "text between elements",
      appXml("", { before: "stray" }),
      `${parsingError}Element ConnectedApp cannot hold text: stray`,
    ],
    [
      "elements within text",
      app("<contactEmail><b>a@example.com</b></contactEmail>"),
      `${parsingError}Element {${namespace}}b invalid at this location in type xsd:string`,
    ],
    [
      "another root element",
      `<Flow xmlns="${namespace}"/>`,
      `${parsingError}Element {${namespace}}Flow is not the expected element {${namespace}}ConnectedApp`,
    ],
    [
      "a short key",
      appXml("<consumerKey>short12</consumerKey>"),
      "Consumer Key must be alphanumeric and between 8 and 256 characters long.",
    ],
    [
      "a key with a dot",
      appXml("<consumerKey>with.a.dot1</consumerKey>"),
      "Consumer Key must be alphanumeric and between 8 and 256 characters long.",
    ],
    [
      "a long key",
      appXml(`<consumerKey>${"k".repeat(257)}</consumerKey>`),
      "Consumer Key must be alphanumeric and between 8 and 256 characters long.",
    ],
    [
      "a short secret",
      appXml("<consumerSecret>short</consumerSecret>"),
      "Consumer Secret must be alphanumeric and between 8 and 256 characters long.",
    ],
    ["a Run As user who does not exist", runAs("nobody@example.com"), runAsRefused],
    ["a Run As user who is inactive", runAs("cpq.former@example.com"), runAsRefused],
    ["a Run As user without API Only", runAs("cpq.person@example.com"), runAsRefused],
    ["a Run As user without the flow", runAs("cpq.integration@example.com", key), runAsRefused],
    ["a Run As user without a key", runAs("cpq.integration@example.com", flowOn), runAsRefused],
    [
      "a profile without admin approval",
      appXml("", { after: "<profileName>Standard User</profileName>" }),
      "Profiles and permission sets can only be specified when isAdminApproved is true.",
    ],
    [
      "a profile that does not exist",
      appXml("<isAdminApproved>true</isAdminApproved>", { after: "<profileName>Nobody</profileName>" }),
      "In field: profileName - no Profile named Nobody found",
    ],
    [
      "a permission set that does not exist",
      appXml("<isAdminApproved>true</isAdminApproved>", {
        after: "<permissionSetName>Nothing</permissionSetName>",
      }),
      "In field: permissionSetName - no PermissionSet named Nothing found",
    ],
    ["an unknown IP relaxation", policy("enforce", "infinite"), "Invalid value for ipRelaxation: enforce"],
    [
      "an unknown refresh token policy",
      policy("ENFORCE", "specific_lifetime:0:DAYS"),
      "Invalid value for refreshTokenPolicy: specific_lifetime:0:DAYS",
    ],
    [
      "a document type",
      `<!DOCTYPE x [<!ENTITY a "b">]>${app("")}`,
      `${parsingError}DOCTYPE is disallowed when the feature "disallow-doctype-decl" set to true.`,
    ],
    [
      "an entity that is not declared",
      app("<label>&nbsp;</label>"),
      `${parsingError}The entity "nbsp" was referenced, but not declared.`,
    ],
    ["an empty file", "", `${parsingError}Premature end of file.`],
  ])("%s", async (_what, xml, problem) => {
    expect(await problemsOf(sandbox, xml)).toEqual([problem]);
    expect(sandbox.org.connectedApps.size).toBe(0);
  });
});

describe("a file is refused with a problem, and no crash, for", () => {
  test.each<[string, Uint8Array]>([
    ["bytes that are no UTF-8", Buffer.from([0x3c, 0x61, 0x3e, 0xff, 0xfe])],
    ["UTF-16", Buffer.from(app(""), "utf16le")],
    ["a NUL", Buffer.from(app("<label>a\0b</label>"))],
    ["a reference to a NUL", Buffer.from(app("<label>&#0;</label>"))],
    ["elements a thousand deep", Buffer.from(`${"<a>".repeat(1000)}${"</a>".repeat(1000)}`)],
    ["a tag that is not closed", Buffer.from(`<ConnectedApp xmlns="${namespace}"><label>`)],
    ["two root elements", Buffer.from(app("") + app(""))],
    ["text after the root element", Buffer.from(`${app("")}x`)],
    ["a prefix of no namespace", Buffer.from("<x:ConnectedApp/>")],
    ["a key of JavaScript", Buffer.from(app("<__proto__><label>x</label></__proto__>"))],
  ])("%s", async (_what, bytes) => {
    const problems = await problemsOf(sandbox, bytes);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^Error parsing file: ./);
  });
});

describe("an app is not created under the name", () => {
  test.each([
    ["acme__App", /namespace: acme/],
    ["1App", /begin with a letter/],
    ["App_", /not end with an underscore/],
    ["My App", /not include spaces/],
  ])("%s", async (name, problem) => {
    const problems = await problemsOf(sandbox, appXml(""), name);
    expect(problems).toEqual([expect.stringMatching(problem)]);
  });
});
