import { describe, expect, test } from "vitest";
import { problemReport } from "../../../src/project/problemText.ts";
import { environmentsOf, type LoadChoice, type LoadedSpec } from "../../../src/spec/load.ts";
import { parseSpecFile } from "../../../src/spec/specDocument.ts";
import { loadText } from "./loadText.ts";

const spec = `apiVersion: cpq/v1
kind: ConnectedApp
name: App
label: App
contactEmail: platform@example.com
description: Everywhere
oauth:
  callbackUrl: https://example.com/callback
  scopes: [api, refresh_token]
  clientCredentials:
    runAs: cpq@example.com
  accessToken:
    format: jwt
environments:
  uat:
    targetOrg: acme-uat
    usernameSuffix: .uat
    oauth:
      scopes: [api]
      accessToken: {timeout: 1h}
  production:
    targetOrg: \${env:PRODUCTION_ORG:-acme}
    description: null
    oauth:
      callbackUrl: \${org:instanceUrl}/callback
  empty:
`;
const org = {
  username: "admin@example.com",
  orgId: "00D000000000001EAA",
  instanceUrl: "https://acme.my.salesforce.com",
  myDomain: "acme.my.salesforce.com",
};

function loaded(source: string, choice: LoadChoice, variables: Record<string, string> = {}): LoadedSpec {
  const result = loadText(source, "spec.yaml", variables, choice);
  if ("problems" in result) throw new Error(JSON.stringify(result.problems));
  return result.loaded;
}

function problems(source: string, choice: LoadChoice, variables: Record<string, string> = {}): string[] {
  const result = loadText(source, "spec.yaml", variables, choice);
  return "loaded" in result ? [] : problemReport(result.problems, "").split("\n\n");
}

test("environments are known by name, in their order", () => {
  expect(parseSpecFile(spec, "spec.yaml").documents.map(environmentsOf)).toEqual([
    ["uat", "production", "empty"],
  ]);
});

describe("an environment lies over the spec", () => {
  test("maps merge, lists and texts take the place of what was there", () => {
    const { app: uat, targetOrg } = loaded(spec, { environment: "uat" });
    expect(targetOrg).toBe("acme-uat");
    expect(uat.oauth?.scopes).toEqual(["api"]);
    expect(uat.oauth?.accessToken).toEqual({ format: "jwt", timeout: "1h" });
    expect(uat.description).toBe("Everywhere");
  });

  test("null removes", () => {
    expect(loaded(spec, { environment: "production" }).app.description).toBeUndefined();
  });

  test("an empty one changes nothing", () => {
    expect(loaded(spec, { environment: "empty" }).app.oauth?.scopes).toEqual(["api", "refresh_token"]);
  });

  test("the suffix goes to usernames that stand outside it, and only to them", () => {
    expect(loaded(spec, { environment: "uat" }).app.oauth?.clientCredentials?.runAs).toBe(
      "cpq@example.com.uat",
    );
    const own = spec.replace(
      "      scopes: [api]\n",
      "      clientCredentials: {runAs: other@example.com}\n",
    );
    expect(loaded(own, { environment: "uat" }).app.oauth?.clientCredentials?.runAs).toBe("other@example.com");
  });

  test("a path stands where its value comes from", () => {
    const { locate } = loaded(spec, { environment: "uat" });
    const lineOf = (path: string) => locate(path).line;
    expect([
      lineOf("oauth.scopes"),
      lineOf("oauth.accessToken.timeout"),
      lineOf("oauth.accessToken.format"),
    ]).toEqual([19, 20, 13]);
    expect(lineOf("policy.ipRelaxation")).toBe(1);
  });

  test("what is wrong in it is found at its place", () => {
    const wrong = spec.replace("scopes: [api]\n", "scopes: [api i]\n      runAs: x\n");
    expect(problems(wrong, { environment: "uat" })).toEqual([
      expect.stringMatching(/^spec\.yaml:19:16 .*api i/),
      expect.stringMatching(
        /^spec\.yaml:20:7 .*Unknown key oauth\.runAs\. Did you mean oauth\.clientCredentials/,
      ),
    ]);
    expect(problems(wrong, { environment: "production" })).toEqual([]);
  });
});

describe("environments that are wrong", () => {
  test.each<{ what: string; from: string; to: string; environment: string; expected: RegExp }>([
    {
      what: "a name that is not there",
      from: "",
      to: "",
      environment: "uta",
      expected: /^spec\.yaml:14:1 .*no environment uta; the spec has uat, production, empty/,
    },
    {
      what: "a list",
      from: "environments:\n",
      to: "environments: []\nx:\n",
      environment: "uat",
      expected: /^spec\.yaml:14:15 .*must be a map, but is a list/,
    },
    {
      what: "a name with a path in it",
      from: "  empty:",
      to: "  ../x:",
      environment: "uat",
      expected: /^spec\.yaml:26:3 .*not a name for an environment.*"\.\.\/x"/,
    },
    {
      what: "a text",
      from: "  empty:",
      to: "  empty: text",
      environment: "uat",
      expected: /^spec\.yaml:26:10 .*environments\.empty must be/,
    },
    {
      what: "another kind of app",
      from: "    description: null",
      to: "    kind: ExternalClientApp",
      environment: "uat",
      expected: /^spec\.yaml:23:5 +kind cannot differ/,
    },
    {
      what: "a wrong suffix",
      from: "usernameSuffix: .uat",
      to: "usernameSuffix: uat",
      environment: "uat",
      expected: /^spec\.yaml:17:21 .*must begin with a dot/,
    },
    {
      what: "a target org of the wrong type",
      from: "targetOrg: acme-uat",
      to: "targetOrg: [a]",
      environment: "uat",
      expected: /^spec\.yaml:16:16 .*targetOrg must be a string/,
    },
    {
      what: "a target org that asks the org",
      from: "acme-uat",
      to: "${org:username}",
      environment: "uat",
      expected: /^spec\.yaml:16:16 .*cannot refer to its org/,
    },
    {
      what: "a variable that is not set",
      from: "acme-uat",
      to: "${env:UAT}",
      environment: "uat",
      expected: /^spec\.yaml:16:16 .*UAT is not set/,
    },
  ])("$what", ({ from, to, environment, expected }) => {
    expect(problems(spec.replace(from, to), { environment })).toEqual([expect.stringMatching(expected)]);
  });

  test("a spec without environments has none to choose", () => {
    const plain = spec.slice(0, spec.indexOf("environments:"));
    expect(problems(plain, { environment: "uat" })).toEqual([
      expect.stringMatching(/has no environments\. Add it: environments: \{uat: /),
    ]);
  });
});

describe("references to the org", () => {
  test("are replaced where it is at hand", () => {
    const { app: production, orgReferences } = loaded(spec, { environment: "production", org });
    expect(production.oauth?.callbackUrl).toEqual(["https://acme.my.salesforce.com/callback"]);
    expect(orgReferences).toEqual([]);
  });

  test("are checked by a sample where it is not, and stay in the content", () => {
    const { orgReferences, content } = loaded(spec, { environment: "production" });
    expect(orgReferences).toEqual([{ file: "spec.yaml", line: 25, column: 20 }]);
    expect(JSON.stringify(content)).toContain("${org:instanceUrl}/callback");
    expect(
      problems(spec.replace("${org:instanceUrl}/", "${org:orgId} "), { environment: "production" }),
    ).toEqual([expect.stringMatching(/callbackUrl/)]);
  });

  test("of other words are problems", () => {
    expect(problems(spec.replace("org:instanceUrl", "org:secret"), { environment: "production" })).toEqual([
      expect.stringMatching(/^spec\.yaml:25:20 .*\$\{org:secret\} is not a reference/),
    ]);
  });
});

test("a variable of another environment need not be set", () => {
  const source = spec.replace("acme-uat", "${env:UAT_ORG}");
  expect(loaded(source, { environment: "production" }).targetOrg).toBe("acme");
  expect(loaded(source, { environment: "production" }, { PRODUCTION_ORG: "other" }).targetOrg).toBe("other");
});

describe("each environment has variables of its own for key and secret", () => {
  const named = `${spec.replace("name: App", "name: CPQ_Admin_API").replace("  empty:", "  uat-2:")}consumer:
  key: "\${env:{APP}_{ENVIRONMENT}_KEY}"
  secret: "\${file:/run/secrets/{ENVIRONMENT}}"
`;
  test.each([
    { environment: "uat", key: "CPQ_ADMIN_API_UAT_KEY", file: "UAT" },
    { environment: "uat-2", key: "CPQ_ADMIN_API_UAT_2_KEY", file: "UAT_2" },
  ])("$environment", ({ environment, key, file }) => {
    const { consumer } = loaded(named, { environment }).app;
    expect(consumer).toEqual({ key: `\${env:${key}}`, secret: `\${file:/run/secrets/${file}}` });
  });

  test("without an environment, there is no such name", () => {
    expect(problems(named, {})[0]).toMatch(/^spec\.yaml:28:8 +\{ENVIRONMENT\} stands for/);
  });
});
