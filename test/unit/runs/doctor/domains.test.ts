import { expect, test } from "vitest";
import { domainNeeds } from "../../../../src/runs/doctor/orgNeeds.ts";

test.each([
  { url: "https://acme.my.salesforce.com", outcomes: ["passed", "passed"] },
  { url: "https://acme--uat.sandbox.my.salesforce.com", outcomes: ["passed", "passed"] },
  { url: "https://acme-dev-ed.develop.my.salesforce.com", outcomes: ["passed", "passed"] },
  { url: "https://acme--uat.my.salesforce.com", outcomes: ["passed", "warning"] },
  { url: "https://acme--uat.cs42.my.salesforce.com", outcomes: ["passed", "warning"] },
  { url: "https://acme.my.salesforce.mil", outcomes: ["passed", "passed"] },
  { url: "https://login.salesforce.com", outcomes: ["failed", "untold"] },
  { url: "https://na139.salesforce.com", outcomes: ["failed", "untold"] },
  { url: "https://my.salesforce.com.example.com", outcomes: ["failed", "untold"] },
  { url: "http://localhost:6100", outcomes: ["passed", "skipped"] },
])("the My Domain of $url", ({ url, outcomes }) => {
  const needs = domainNeeds(url);
  expect(needs.map(({ id }) => id)).toEqual(["myDomain", "enhancedDomains"]);
  expect(needs.map(({ outcome }) => outcome)).toEqual(outcomes);
});
