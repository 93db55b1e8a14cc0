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
  return resolve(result.loaded.app).settings;
}

describe("a problem of the rarer settings says where and what", () => {
  test.each<{ what: string; line: string; expected: RegExp }>([
    {
      what: "an IP range that ends before it begins",
      line: "oauth: {callbackUrl: 'a:b', trustedIpRanges: [10.0.0.9-10.0.0.1]}",
      expected:
        /^spec\.yaml:6:\d+ {2}oauth\.trustedIpRanges\[0\] ends before it begins: "10\.0\.0\.9-10\.0\.0\.1"\.$/,
    },
    {
      what: "an IP range of two families",
      line: "oauth: {callbackUrl: 'a:b', trustedIpRanges: ['10.0.0.1-::2']}",
      expected: /an IPv4 address and ends with an IPv6/,
    },
    {
      what: "a prefix that no address has",
      line: "oauth: {callbackUrl: 'a:b', trustedIpRanges: [10.0.0.0/40]}",
      expected: /prefix that its address cannot have/,
    },
    {
      what: "a block that begins within itself",
      line: "oauth: {callbackUrl: 'a:b', trustedIpRanges: [{range: 10.0.0.1/8}]}",
      expected: /trustedIpRanges\[0\]\.range has an address from within the block/,
    },
    {
      what: "no IP range at all",
      line: "oauth: {callbackUrl: 'a:b', trustedIpRanges: [here]}",
      expected: /must be an IP range such as 10\.0\.0\.0\/8/,
    },
    {
      what: "an attribute without a formula",
      line: "attributes: [{key: id}]",
      expected: /^spec\.yaml:6:\d+ {2}attributes\[0\]\.formula is missing\.$/,
    },
    {
      what: "a word that the metadata of this kind can only say as true or false",
      line: "oauth: {callbackUrl: 'a:b'}\npolicy: {permittedUsers: adminAproved}",
      expected:
        /^spec\.yaml:7:10 {2}policy\.permittedUsers is "adminAproved", but must be one of: adminApproved, selfAuthorized\.$/,
    },
    {
      what: "an asset token without its parts",
      line: "oauth: {callbackUrl: 'a:b', assetToken: {audiences: a, includeAttributes: true, includeCustomPermissions: true, signingCertificate: c}}",
      expected: /^spec\.yaml:6:\d+ {2}oauth\.assetToken\.validityPeriod is missing\.$/,
    },
    {
      what: "an asset token that is off and there",
      line: "oauth: {callbackUrl: 'a:b', assetToken: {enabled: false, audiences: a}}",
      expected: /oauth\.assetToken is turned off by `enabled: false`/,
    },
    {
      what: "OAuth without a callback URL",
      line: "oauth: {scopes: [api]}",
      expected: /^spec\.yaml:6:1 {2}oauth\.callbackUrl is missing\.$/,
    },
    {
      what: "a number that is not whole",
      line: "mobile: {platform: ios, version: '1', binary: {length: 1.5}}",
      expected: /mobile\.binary\.length must be/,
    },
    {
      what: "XML that is not well-formed",
      line: "otherMetadata: {ConnectedApp: '<a><b></a>'}",
      expected: /otherMetadata\.ConnectedApp is not XML that can be read: .*\(1:\d+\)$/,
    },
    {
      what: "XML with a document type",
      line: "otherMetadata: {ConnectedApp: '<!DOCTYPE a><a/>'}",
      expected: /DOCTYPE/,
    },
    {
      what: "text outside of elements",
      line: "otherMetadata: {ConnectedApp: 'hello'}",
      expected: /There is text outside/,
    },
    {
      what: "XML that a setting stands for",
      line: "otherMetadata: {ConnectedApp: <oauthConfig><scopes>Api</scopes></oauthConfig>}",
      expected:
        /^spec\.yaml:6:17 {2}otherMetadata\.ConnectedApp holds the element oauthConfig\/scopes\. Use the setting oauth\.scopes instead\.$/,
    },
    {
      what: "the consumer key as XML",
      line: "otherMetadata: {ConnectedApp: <oauthConfig><consumerKey>K</consumerKey></oauthConfig>}",
      expected: /oauthConfig\/consumerKey, which does not belong in a spec/,
    },
    {
      what: "a container that stands twice",
      line: "otherMetadata: {ConnectedApp: <oauthConfig><a/></oauthConfig><oauthConfig><b/></oauthConfig>}",
      expected: /oauthConfig more than once/,
    },
    {
      what: "a setting of the other kind",
      line: "plugins: {oauth: true}",
      expected: /plugins\.oauth has no counterpart in an app of the kind ConnectedApp/,
    },
    {
      what: "XML of the other kind",
      line: "otherMetadata: {ExternalClientApplication: <a/>}",
      expected: /has no counterpart/,
    },
  ])("$what", ({ line, expected }) => {
    expect(problemsOf(`${start("ConnectedApp")}${line}\n`)).toEqual([expect.stringMatching(expected)]);
  });

  test("a rotation that each deploy would repeat", () => {
    const line =
      "otherMetadata: {ExtlClntAppGlobalOauthSettings: <shouldRotateConsumerKey>true</shouldRotateConsumerKey>}\n";
    expect(problemsOf(start("ExternalClientApp") + line)).toEqual([
      expect.stringContaining("shouldRotateConsumerKey, which does not belong"),
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
