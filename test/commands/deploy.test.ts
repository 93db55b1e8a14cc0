import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { allowCredentialAccess, appInOrg, kindNames } from "./appsInOrg.ts";
import { allPassed, deployArgs, deployToSandbox, outcomes } from "./deployReports.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";
import { tenant, tenantInMaintenance } from "./tenants.ts";

const orgs = await startTestOrgs();
const { sandbox, sf, sfJson, write, home } = orgs;
const deployed = (file: string, ...more: string[]) => deployToSandbox(orgs, file, ...more);
allowCredentialAccess(sandbox.org, true);

describe.each(kindNames)("an app of the kind %s:", (kind) => {
  const spec = (name: string, ...changes: [string, string][]) => specTextOf(kind, name, ...changes);
  const appOf = (name: string) => appInOrg(sandbox.org, kind, name);

  test("is created, verified, changed, and left alone where nothing differs", async () => {
    const name = "Life";
    const file = write("life.yaml", spec(name));
    const created = await deployed(file, "--no-verify");
    expect(created).toMatchObject({ status: 0, report: { plan: { action: "create" } } });
    const verified = await deployed(file);
    expect(verified).toMatchObject({ status: 0, report: { plan: { action: "nothing" } } });
    expect(verified.report.deployId).toBeUndefined();
    expect(outcomes(verified.report)).toEqual(allPassed);

    write(file, spec(name, ["[api]", "[api, refresh_token]"]));
    const changed = await deployed(file);
    expect(changed.status).toBe(0);
    expect(changed.report.plan).toMatchObject({
      action: "update",
      changes: [{ path: "oauth.scopes", expected: ["api", "refresh_token"], actual: ["api"] }],
    });
    expect(outcomes(changed.report)).toEqual(allPassed);

    const modifiedAt = appOf(name)?.modifiedAt;
    expect((await deployed(file)).report.plan).toEqual({
      action: "nothing",
      changes: [],
      setupOnly: [],
      keptByOrg: [],
      scopesNotInToken: ["refresh_token"],
    });
    expect(appOf(name)?.modifiedAt).toBe(modifiedAt);
  });

  test("a generated secret is the org's own, encrypted where it is stored, and printed only when asked for", async () => {
    const file = write("secret.yaml", spec("Secret_App"));
    const outputs = [await sf(...deployArgs(file)), await sf(...deployArgs(file, "--json"))];
    const { consumerKey, consumerSecret } = appOf("Secret_App") ?? { consumerKey: "", consumerSecret: "" };
    expect(consumerSecret).toMatch(/^[A-Za-z0-9]{64}$/);
    for (const { stdout, stderr } of outputs) expect(stdout + stderr).not.toContain(consumerSecret);
    for (const entry of readdirSync(home, { recursive: true, withFileTypes: true })) {
      if (entry.isFile())
        expect(readFileSync(join(entry.parentPath, entry.name), "utf8")).not.toContain(consumerSecret);
    }
    const consumer = [
      "cpq",
      "connectedapp",
      "credentials",
      "show",
      "--spec",
      file,
      "--target-org",
      "local-sandbox",
    ];
    const hidden = (await sfJson(...consumer)).json.result;
    expect(hidden).toMatchObject({ key: consumerKey });
    expect(hidden).not.toHaveProperty("secret");
    expect((await sfJson(...consumer, "--show-secret")).json.result).toMatchObject({
      secret: consumerSecret,
    });
  });

  test("settings that the spec does not mention stay as they are in the org", async () => {
    const file = write(
      "kept.yaml",
      spec("Kept", ["label: Kept", "label: Kept\ndescription: From the other spec"]),
    );
    await deployed(file, "--no-verify");
    write(file, spec("Kept", ["label: Kept", "label: New label"]));
    const { report } = await deployed(file, "--no-verify");
    expect(report.plan.changes.map(({ path }) => path)).toEqual(["label"]);
    expect(appOf("Kept")?.texts("label")).toContain("New label");
    expect(appOf("Kept")?.texts("description")).toContain("From the other spec");
  });

  test("a dry run changes nothing in the org and stores nothing", async () => {
    const file = write("dry.yaml", spec("Dry_Run"));
    const { status, report } = await deployed(file, "--dry-run");
    expect(status).toBe(0);
    expect(report).toMatchObject({ plan: { action: "create" }, dryRun: true });
    expect(report).not.toHaveProperty("consumer");
    expect(report).not.toHaveProperty("verification");
    expect(appOf("Dry_Run")).toBeUndefined();
    const consumer = await sfJson(
      "cpq",
      "connectedapp",
      "credentials",
      "show",
      "--spec",
      file,
      "--target-org",
      "local-sandbox",
    );
    expect(consumer).toMatchObject({ status: 1, json: { name: "NotStoredError" } });
  });

  describe("a Run As user who cannot be one", () => {
    test.each([
      {
        why: "is not there",
        runAs: "nobody@example.com",
        name: "RunAsNotFoundError",
        words: "was not found in local-sandbox",
      },
      {
        why: "lacks the sandbox's suffix",
        runAs: "cpq.integration@example.co",
        name: "RunAsSimilarError",
        words: "there is cpq.integration@example.com",
      },
      {
        why: "is inactive",
        runAs: "cpq.former@example.com",
        name: "RunAsInactiveError",
        words: "is inactive in local-sandbox",
      },
    ])(
      "because the user $why: stops before the deploy, at the line of the spec",
      async ({ runAs, name, words }) => {
        const file = write("run-as.yaml", spec("Run_As", ["cpq.integration@example.com", runAs]));
        const { status, json } = await deployed(file);
        expect(status).toBe(1);
        expect(json).toMatchObject({ name, message: expect.stringContaining(words) });
        expect(json.message).toMatch(/^run-as\.yaml:10:5 /);
        expect(appOf("Run_As")).toBeUndefined();
      },
    );

    test("because the org says so: shows the org's words at the line of the spec; the next try works", async () => {
      const file = write("person.yaml", spec("Person", ["cpq.integration@", "cpq.person@"]));
      const failed = await deployed(file);
      expect(failed.status).toBe(1);
      expect(failed.json).toMatchObject({
        name: "DeployFailed",
        data: [
          {
            line: 10,
            path: "oauth.clientCredentials.runAs",
            problem: "Enter a valid execution user for the OAuth client credentials flow.",
          },
        ],
      });
      write(file, spec("Person"));
      const mended = await deployed(file);
      expect(mended.status).toBe(0);
      expect(mended.report.consumer?.key).toBe(appOf("Person")?.consumerKey);
    });
  });

  describe("the CPQ admin API", () => {
    const withCpq = (name: string, url: string, ...changes: [string, string][]) =>
      `${spec(name, ...changes)}cpq:\n  url: ${url}\n`;

    test("takes the token", async () => {
      const { status, report } = await deployed(write("cpq.yaml", withCpq("Cpq", sandbox.cpqUrl)));
      expect(status).toBe(0);
      expect(outcomes(report).cpqApi).toBe("passed");
      const detail = report.verification?.checks.find(({ id }) => id === "cpqApi")?.detail;
      expect(detail).toBe(`accepts the token (GET ${sandbox.cpqUrl}/a/Admin/v3/rules?page=0&size=1)`);
    });

    test("that takes the token, but lets the user read nothing, is a warning", async () => {
      const changes: [string, string][] = [
        ["cpq.integration@", "cpq.other@"],
        ["CPQ Integration", "CPQ_Reports"],
      ];
      const { status, report } = await deployed(
        write("cpq-403.yaml", withCpq("Cpq_Forbidden", sandbox.cpqUrl, ...changes)),
      );
      expect(status).toBe(0);
      expect(outcomes(report).cpqApi).toBe("warning");
    });

    test("that cannot be reached says nothing of the app: it is unverified", async () => {
      const { status, report } = await deployed(
        write("cpq-off.yaml", withCpq("Cpq_Off", "http://localhost:9")),
      );
      expect(status).toBe(4);
      expect(report.verification?.outcome).toBe("unverified");
      expect(outcomes(report)).toMatchObject({ token: "passed", cpqApi: "unverified" });
    });

    test("in maintenance is not checked, which people see", async () => {
      const url = await tenantInMaintenance();
      const file = write("cpq-503.yaml", withCpq("Cpq_Maintenance", url));
      const { status, stdout } = await sf(...deployArgs(file));
      expect(status).toBe(4);
      expect(stdout).toMatch(
        /\? CPQ admin API +not checked, because it is in maintenance: .*HTTP 503, an HTML page/,
      );
      expect(stdout).toContain("The app could not be verified: 1 of 11 checks could not be made");
    });

    test("that sends the token's bearer to its login page fails the verification, and is not followed", async () => {
      const asked: string[] = [];
      const url = await tenant((request, response) => {
        asked.push(request.url ?? "");
        response.writeHead(302, { location: "/login" }).end();
      });
      const { status, report } = await deployed(write("cpq-302.yaml", withCpq("Cpq_Login", url)));
      expect(status).toBe(4);
      expect(outcomes(report)).toMatchObject({ token: "passed", cpqApi: "failed" });
      expect(asked).toHaveLength(4);
      expect(asked).not.toContain("/login");
    });
  });
});
