import { describe, expect, test } from "vitest";
import { problemsOfKind } from "../../../src/project/problemsOfKind.ts";
import { problemReport } from "../../../src/project/problemText.ts";
import { resolve } from "../../../src/spec/resolve.ts";
import { loadText } from "./loadText.ts";

const start = (kind: string) => `apiVersion: cpq/v1
kind: ${kind}
name: App
label: App
contactEmail: platform@example.com
`;

function problemsOf(source: string): string[] {
  const result = loadText(source, "spec.yaml", {});
  const problems = "problems" in result ? result.problems : problemsOfKind(result.loaded);
  return problems.length === 0 ? [] : problemReport(problems, "").split("\n\n");
}

function settingsOf(source: string) {
  const result = loadText(source, "spec.yaml", {});
  if (!("loaded" in result)) throw new Error(JSON.stringify(result.problems));
  return resolve(result.loaded.spec).settings;
}

describe("a problem of the rarer settings says where and what", () => {
  test.each<[string, string, RegExp]>([
    [
      "an IP range that ends before it begins",
      "oauth: {callbackUrl: 'a:b', trustedIpRanges: [10.0.0.9-10.0.0.1]}",
      /^spec\.yaml:6:\d+ {2}oauth\.trustedIpRanges\[0\] ends before it begins: "10\.0\.0\.9-10\.0\.0\.1"\.$/,
    ],
    [
      "an IP range of two families",
      "oauth: {callbackUrl: 'a:b', trustedIpRanges: ['10.0.0.1-::2']}",
      /one family/,
    ],
    [
      "a prefix that no address has",
      "oauth: {callbackUrl: 'a:b', trustedIpRanges: [10.0.0.0/40]}",
      /prefix that its address cannot have/,
    ],
    [
      "a block that begins within itself",
      "oauth: {callbackUrl: 'a:b', trustedIpRanges: [{range: 10.0.0.1/8}]}",
      /trustedIpRanges\[0\]\.range has an address within the block/,
    ],
    [
      "no IP range at all",
      "oauth: {callbackUrl: 'a:b', trustedIpRanges: [here]}",
      /must be an IP range such as 10\.0\.0\.0\/8/,
    ],
    [
      "an attribute without a formula",
      "attributes: [{key: id}]",
      /^spec\.yaml:6:\d+ {2}attributes\[0\]\.formula is missing\.$/,
    ],
    [
      "a word that the metadata of this kind can only say as true or false",
      "oauth: {callbackUrl: 'a:b'}\npolicy: {permittedUsers: adminAproved}",
      /^spec\.yaml:7:10 {2}policy\.permittedUsers is "adminAproved", but must be one of: adminApproved, selfAuthorized\.$/,
    ],
    [
      "an asset token without its parts",
      "oauth: {callbackUrl: 'a:b', assetToken: {audiences: a, includeAttributes: true, includeCustomPermissions: true, signingCertificate: c}}",
      /^spec\.yaml:6:\d+ {2}oauth\.assetToken\.validityPeriod is missing\.$/,
    ],
    [
      "an asset token that is off and there",
      "oauth: {callbackUrl: 'a:b', assetToken: {enabled: false, audiences: a}}",
      /oauth\.assetToken is off by `enabled: false`/,
    ],
    [
      "OAuth without a callback URL",
      "oauth: {scopes: [api]}",
      /^spec\.yaml:6:1 {2}oauth\.callbackUrl is missing\.$/,
    ],
    [
      "a number that is not whole",
      "mobile: {platform: ios, version: '1', binary: {length: 1.5}}",
      /mobile\.binary\.length must be/,
    ],
    [
      "XML that is not well-formed",
      "otherMetadata: {ConnectedApp: '<a><b></a>'}",
      /otherMetadata\.ConnectedApp is no XML that can be read: .*\(1:\d+\)$/,
    ],
    ["XML with a document type", "otherMetadata: {ConnectedApp: '<!DOCTYPE a><a/>'}", /DOCTYPE/],
    ["text outside of elements", "otherMetadata: {ConnectedApp: 'hello'}", /Text stands outside/],
    [
      "XML that a setting stands for",
      "otherMetadata: {ConnectedApp: <oauthConfig><scopes>Api</scopes></oauthConfig>}",
      /^spec\.yaml:6:17 {2}otherMetadata\.ConnectedApp holds the element oauthConfig\/scopes\. Use the setting oauth\.scopes instead\.$/,
    ],
    [
      "the consumer key as XML",
      "otherMetadata: {ConnectedApp: <oauthConfig><consumerKey>K</consumerKey></oauthConfig>}",
      /oauthConfig\/consumerKey, which is no part of a spec/,
    ],
    [
      "a container that stands twice",
      "otherMetadata: {ConnectedApp: <oauthConfig><a/></oauthConfig><oauthConfig><b/></oauthConfig>}",
      /oauthConfig more than once/,
    ],
    [
      "a setting of the other kind",
      "plugins: {oauth: true}",
      /plugins\.oauth has no counterpart in an app of the kind ConnectedApp/,
    ],
    ["XML of the other kind", "otherMetadata: {ExternalClientApplication: <a/>}", /has no counterpart/],
  ])("%s", (_what, line, expected) => {
    expect(problemsOf(`${start("ConnectedApp")}${line}\n`)).toEqual([expect.stringMatching(expected)]);
  });

  test("a rotation that each deploy would repeat", () => {
    const line =
      "otherMetadata: {ExtlClntAppGlobalOauthSettings: <shouldRotateConsumerKey>true</shouldRotateConsumerKey>}\n";
    expect(problemsOf(start("ExternalClientApp") + line)).toEqual([
      expect.stringContaining("shouldRotateConsumerKey, which is no part"),
    ]);
  });
});

describe("what only one kind of app needs", () => {
  const bare = (kind: string) => `apiVersion: cpq/v1\nkind: ${kind}\nname: App\n`;
  test("is missed with all else that is wrong", () => {
    expect(problemsOf(`${bare("ConnectedApp")}oauth: {scopes: [api i]}\n`)).toEqual([
      "spec.yaml:1:1  label is missing.",
      "spec.yaml:1:1  contactEmail is missing.",
      "spec.yaml:4:1  oauth.callbackUrl is missing.",
      expect.stringContaining('oauth.scopes[0] is "api i", but must be one of: api,'),
    ]);
  });
  test("may be left out by the other", () => expect(problemsOf(bare("ExternalClientApp"))).toEqual([]));
});

describe("the policy of the client credentials flow", () => {
  const oauth = "oauth: {callbackUrl: 'a:b', clientCredentials: {runAs: a@example.com}}\n";
  test("follows the app where the spec does not mention it", () => {
    expect(settingsOf(start("ExternalClientApp") + oauth)["policy.clientCredentials"]).toBe(true);
    expect(settingsOf(start("ConnectedApp") + oauth)["policy.clientCredentials"]).toBeUndefined();
  });
  test("is what the spec says", () => {
    const spec = `${start("ExternalClientApp")}${oauth}policy: {clientCredentials: false}\n`;
    expect(settingsOf(spec)["policy.clientCredentials"]).toBe(false);
  });
});

test("other metadata has one canonical form", () => {
  const one = "<b>1</b><!-- why --><a><d/><c>\n</c></a>";
  const other = "\n  <a>\n <c></c><d></d></a>\n<b><![CDATA[1]]></b>";
  const canonical = (fragment: string) =>
    settingsOf(`${start("ConnectedApp")}otherMetadata: {ConnectedApp: ${JSON.stringify(fragment)}}\n`)[
      "otherMetadata.ConnectedApp"
    ];
  expect(canonical(one)).toBe("<a>\n    <c/>\n    <d/>\n</a>\n<b>1</b>");
  expect(canonical(other)).toBe(canonical(one));
});

test("a text can hold what looks like a reference, also beside references to an org", () => {
  const spec = `${start("ConnectedApp")}description: costs $\${env:HOME} or $5\n`;
  expect(settingsOf(spec).description).toBe("costs ${env:HOME} or $5");
  expect(settingsOf(`${spec}startUrl: \${org:instanceUrl}/home\n`).description).toBe(
    "costs ${env:HOME} or $5",
  );
});
