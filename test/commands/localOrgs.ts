import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect } from "vitest";
import type { LocalOrgsOptions, RunningOrg } from "../../src/localorg/start.ts";
import { temporaryHome } from "../temporaryFolders.ts";
import type { KindName } from "./appsInOrg.ts";
import { type CommandLine, commandLine, spawnedCommandLine } from "./commandLine.ts";
import { leakSearch } from "./leakSearch.ts";

/** Local orgs in the test's own process, so that a test can look behind them, and a user who knows them by alias. */
export interface TestOrgs extends CommandLine {
  /** The same user, each of whose commands is a process of its own. */
  spawned: CommandLine;
  sandbox: RunningOrg;
  production: RunningOrg;
  /** All of them. */
  orgs: readonly RunningOrg[];
  /** Writes a file into the user's folder and returns its name. */
  write(name: string, content: string): string;
}

/** Starts orgs for a test file and stops them after it. Called once a file, before anything of the CLI's library is loaded. */
export async function startTestOrgs(options: LocalOrgsOptions = {}): Promise<TestOrgs> {
  const home = temporaryHome();
  const { serveOrgs } = await import("../../src/localorg/salesforceCli/serve.ts");
  const { orgs, stop } = await serveOrgs(options);
  const written = new Set<string>();
  const search = leakSearch(
    orgs.map(({ org }) => org),
    home,
    written,
  );
  afterAll(async () => {
    await stop();
    expect(search.leaks(), "Secrets and tokens that a command printed or wrote").toEqual([]);
  });
  const [sandbox, production] = orgs;
  if (sandbox === undefined || production === undefined) throw new Error("Two orgs were to be started.");
  return {
    ...commandLine(home, { seen: search.seen }),
    spawned: spawnedCommandLine(home, search.seen),
    sandbox,
    production,
    orgs,
    write: (name, content) => {
      written.add(name);
      writeFileSync(join(home, name), content);
      return name;
    },
  };
}

/** The text of a connected app's spec, with some settings changed: each pair replaces a part of the text. */
export function specText(name: string, ...changes: [string, string][]): string {
  return specTextOf("ConnectedApp", name, ...changes);
}

/** What a spec adds for a promotion from the one test org to the other. */
export const twoEnvironments = `environments:
  uat:
    targetOrg: local-sandbox
    orgType: sandbox
  production:
    targetOrg: local-production
    orgType: production
    oauth:
      callbackUrl: https://example.com/production
      clientCredentials: {runAs: cpq.integration@example.com}
`;

/** The same for either kind: nothing but the kind differs. */
export function specTextOf(kind: KindName, name: string, ...changes: [string, string][]): string {
  const text = `apiVersion: cpq/v1
kind: ${kind}
name: ${name}
label: ${name}
contactEmail: platform@example.com
oauth:
  callbackUrl: https://example.com/callback
  scopes: [api]
  clientCredentials:
    runAs: cpq.integration@example.com
  accessToken:
    format: jwt
    timeout: 30m
policy:
  permittedUsers: adminApproved
  permissionSets: [CPQ Integration]
  refreshToken: zero
`;
  return changes.reduce((result, [from, to]) => {
    if (!result.includes(from)) throw new Error(`The spec does not hold ${from}.`);
    return result.replace(from, to);
  }, text);
}
