import { cpSync, existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { folderWith } from "../temporaryFolders.ts";
import { allowCredentialAccess, appInOrg, type KindName, kindNames } from "./appsInOrg.ts";
import { commandLine } from "./commandLine.ts";
import { specTextOf, startTestOrgs } from "./localOrgs.ts";
import { keptBySecretManager, secretManager } from "./secretManager.ts";

const { home, sandbox, production } = await startTestOrgs();
for (const { org } of [sandbox, production]) allowCredentialAccess(org, true);

const given = ["--no-prompt", "--yes-production"];

/** A job of a pipeline: a home of its own that knows nothing but the logins, and the checkout. */
function jobWith(files: Readonly<Record<string, string>>, variables: Readonly<Record<string, string>>) {
  const machine = folderWith(files);
  for (const folder of [".sf", ".sfdx"])
    if (existsSync(join(home, folder)))
      cpSync(join(home, folder), join(machine, folder), { recursive: true });
  expect(existsSync(join(machine, ".sf", "cpq-consumers.json"))).toBe(false);
  const { sf } = commandLine(machine, { variables: { CI: "true", CPQ_STORE_FOLDER: "", ...variables } });
  return async (...args: readonly string[]) => {
    const { status, stdout, stderr } = await sf("cpq", "connectedapp", ...args);
    return { status, said: `${args.join(" ")}\n${stdout}\n${stderr}` };
  };
}

const specOf = (kind: KindName, name: string, consumer: string, scopes = "[api]") =>
  `${specTextOf(kind, name, ["[api]", scopes])}${consumer === "" ? "" : `consumer:\n${consumer}`}environments:
  uat: {targetOrg: local-sandbox, orgType: sandbox}
  production:
    targetOrg: local-production
    orgType: production
    oauth:
      callbackUrl: https://example.com/production
      clientCredentials: {runAs: cpq.integration@example.com}
`;

describe.skipIf(process.platform === "win32").for(kindNames)(
  "%s: from an empty org to production, each job on a machine that forgets",
  (kind) => {
    test("the secret manager that the spec names carries the pair from job to job", async () => {
      const { path, held } = secretManager();
      const name = `Carried_${kind}`;
      const job = (scopes?: string) =>
        jobWith({ "cpq.yaml": specOf(kind, name, keptBySecretManager, scopes) }, { PATH: path });
      const uat = ["--spec", "cpq.yaml", "--environment", "uat"];
      const live = ["--spec", "cpq.yaml", "--environment", "production"];
      const promotion = ["promote", "--spec", "cpq.yaml", "--from", "uat", "--to", "production", ...given];
      const jobs = [
        { args: ["deploy", ...uat] },
        { args: ["deploy", ...uat] },
        { args: ["drift", ...uat, "--verify"] },
        { args: promotion },
        { args: ["drift", ...live, "--verify"] },
        // A connected app has no second pair: its rotation takes two apps, and a day.
        ...(kind === "ExternalClientApp" ? [{ args: ["rotate", ...live] }] : []),
        { args: ["drift", ...live, "--verify"] },
        { args: ["deploy", ...uat], scopes: "[api, openid]" },
        { args: promotion, scopes: "[api, openid]" },
        { args: ["drift", ...live, "--verify"], scopes: "[api, openid]" },
      ];
      for (const { args, scopes } of jobs) {
        const { status, said } = await job(scopes)(...args);
        expect(status, said).toBe(0);
      }
      expect(held().toSorted()).toEqual([`production.${name}`, `uat.${name}`]);
    });

    test("variables of the pipeline carry it, where a person has put them", async () => {
      const name = `Given_${kind}`;
      const consumer = `  key: "\${env:CPQ_KEY:-}"\n  secret: "\${env:CPQ_SECRET:-}"\n`;
      const { path } = secretManager();
      const files = { "cpq.yaml": specOf(kind, name, `${consumer}${keptBySecretManager}`) };
      const first = await jobWith(files, { PATH: path })("deploy", "--spec", "cpq.yaml", "-e", "uat");
      expect(first.status, first.said).toBe(0);
      // What a person copies from the secret manager, or from Setup, into the secrets of the pipeline.
      const { consumerKey, consumerSecret } = appInOrg(sandbox.org, kind, name) ?? {};
      expect(consumerSecret).toBeDefined();
      const variables = { CPQ_KEY: consumerKey ?? "", CPQ_SECRET: consumerSecret ?? "" };
      const job = () => jobWith({ "cpq.yaml": specOf(kind, name, consumer.replaceAll(":-", "")) }, variables);
      for (const args of [
        ["deploy", "--spec", "cpq.yaml", "-e", "uat"],
        ["drift", "--spec", "cpq.yaml", "-e", "uat", "--verify"],
      ]) {
        const { status, said } = await job()(...args);
        expect(status, said).toBe(0);
      }
    });

    test("without a place that lasts, no connected app is made, and an external client app is", async () => {
      const name = `Lost_${kind}`;
      const job = jobWith({ "cpq.yaml": specOf(kind, name, "") }, {});
      const { status, said } = await job("deploy", "--spec", "cpq.yaml", "-e", "uat");
      const isMade = kind === "ExternalClientApp";
      expect({ status, made: appInOrg(sandbox.org, kind, name) !== undefined }, said).toEqual({
        status: isMade ? 0 : 1,
        made: isMade,
      });
      if (!isMade) expect(said).toMatch(/^consumer:[\s\S]*^ {2}store: /m);
    });
  },
);
