import { expect, test } from "vitest";
import { arrivingUnchanged } from "../../../../src/runs/promote/ownValues.ts";
import { resolve } from "../../../../src/spec/resolve.ts";
import { loadText } from "../../spec/loadText.ts";

const spec = `apiVersion: cpq/v1
kind: ConnectedApp
name: App
label: App
contactEmail: platform@example.com
`;

function side(source: string, environment: string) {
  const result = loadText(source, "spec.yaml", {}, { environment });
  if (!("loaded" in result)) throw new Error(JSON.stringify(result.problems));
  return { spec: result.loaded, settings: resolve(result.loaded.app).settings };
}

const runAs = "oauth: {callbackUrl: 'https://a.example.com', clientCredentials: {runAs: a@example.com}}\n";
const cases = [
  {
    title: "values that both environments have from the spec",
    source: `${spec}${runAs}environments: {uat: , production: }\n`,
    arriving: ["oauth.callbackUrl", "oauth.clientCredentials.runAs"],
  },
  {
    title: "no value that the target says itself, be it the same",
    source: `${spec}${runAs}environments: {uat: , production: {oauth: {callbackUrl: 'https://a.example.com'}}}\n`,
    arriving: ["oauth.clientCredentials.runAs"],
  },
  {
    title: "no value that differs",
    source: `${spec}startUrl: https://uat.example.com\nenvironments: {uat: , production: {startUrl: 'https://www.example.com'}}\n`,
    arriving: [],
  },
  {
    title: "no path within an org, and no page of Salesforce's own",
    source: `${spec}startUrl: /lightning/page/home\noauth: {callbackUrl: 'https://login.salesforce.com/services/oauth2/success'}\nenvironments: {uat: , production: }\n`,
    arriving: [],
  },
  {
    title: "the address of a canvas app in its older form, and the CPQ tenant",
    source: `${spec}canvasMetadata: {url: 'https://canvas.example.com', accessMethod: Get}\ncpq: {url: 'https://acme.test.logik.io'}\nenvironments: {uat: , production: }\n`,
    arriving: ["canvasMetadata.url", "cpq.url"],
  },
  {
    title: "a consumer key, which no two orgs can have",
    source: `${spec}consumer: {key: KeyOfUat12345}\nenvironments: {uat: , production: }\n`,
    arriving: ["consumer.key"],
  },
  {
    title: "no consumer key that comes from elsewhere",
    source: `${spec}consumer: {key: "\${env:CPQ_CONSUMER_KEY}"}\nenvironments: {uat: , production: }\n`,
    arriving: [],
  },
  {
    title: "nothing that fits each environment",
    source: `${spec}infoUrl: https://wiki.example.com\nenvironments: {uat: , production: }\n`,
    arriving: [],
  },
];

test.each(cases)("a promotion finds $title", ({ source, arriving }) => {
  expect(arrivingUnchanged(side(source, "uat"), side(source, "production"))).toEqual(arriving);
});
