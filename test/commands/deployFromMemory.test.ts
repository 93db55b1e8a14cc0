import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { ScopedPostDeploy, ScopedPreDeploy } from "@salesforce/source-deploy-retrieve";
import { afterEach, describe, expect, test, vi } from "vitest";
import { allowCredentialAccess, appInOrg, type KindName, kindNames } from "./appsInOrg.ts";
import { commandLine } from "./commandLine.ts";
import { deployArgs } from "./deployReports.ts";
import { specText, specTextOf, startTestOrgs } from "./localOrgs.ts";

const { home, sandbox, sf, write } = await startTestOrgs();
allowCredentialAccess(sandbox.org, true);

afterEach(() => {
  vi.unstubAllEnvs();
});

/** The components that the two kinds of app consist of. */
const typesOf: Readonly<Record<KindName, string[]>> = {
  ConnectedApp: ["ConnectedApp"],
  ExternalClientApp: [
    "ExternalClientApplication",
    "ExtlClntAppConfigurablePolicies",
    "ExtlClntAppGlobalOauthSettings",
    "ExtlClntAppOauthConfigurablePolicies",
    "ExtlClntAppOauthSettings",
  ],
};

describe.each(kindNames)("a deploy of the kind %s", (kind) => {
  test("tells other plugins before and after, as the CLI's own deploys do", async () => {
    const file = write("told.yaml", specTextOf(kind, `Told_${kind}`));
    const { started, ended } = await eventsOf(() => sf(...deployArgs(file, "--no-verify")));
    const typesIn = ({ componentSet }: ScopedPreDeploy) =>
      [...componentSet.getSourceComponents()].map(({ type }) => type.name).sort();
    expect(started.map((event) => [event.orgId, typesIn(event)])).toEqual([[sandbox.org.id, typesOf[kind]]]);
    expect(ended.map(({ deployResult }) => deployResult.response.success)).toEqual([true]);
  });

  test("takes nothing from the project around it, and leaves no file with the secret", async () => {
    const name = `Untouched_${kind}`;
    const project = {
      packageDirectories: [{ path: "force-app", default: true }],
      replacements: [{ glob: "**/*", regexToReplace: "Untouched", replaceWithEnv: "CPQ_TEST_SECRET" }],
    };
    write("sfdx-project.json", JSON.stringify(project));
    write(".forceignore", "**\n");
    vi.stubEnv("SF_MDAPI_TEMP_DIR", join(home, "copies"));
    const { sf } = commandLine(home);
    const { status, stderr } = await sf(...deployArgs(write("memory.yaml", specTextOf(kind, name))));
    expect(stderr).not.toMatch(/Error/);
    expect(status).toBe(0);
    const app = appInOrg(sandbox.org, kind, name);
    expect(app?.texts("label")).toContain(name);
    const secret = app?.consumerSecret ?? "none";
    expect(existsSync(join(home, "copies"))).toBe(false);
    expect(filesIn(home).filter((file) => readFileSync(file, "utf8").includes(secret))).toEqual([]);
  });
});

test("a deploy that the org refuses is told too", async () => {
  sandbox.org.behaviour.restrictConnectedApps = true;
  const { ended } = await eventsOf(() => sf(...deployArgs(write("refused.yaml", specText("Refused")))));
  expect(ended.map(({ deployResult }) => deployResult.response.success)).toEqual([false]);
});

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What plugins that listen hear while a command runs. */
async function eventsOf(run: () => Promise<unknown>) {
  const { Lifecycle } = await import("@salesforce/core");
  const lifecycle = Lifecycle.getInstance();
  const started: ScopedPreDeploy[] = [];
  const ended: ScopedPostDeploy[] = [];
  lifecycle.on<ScopedPreDeploy>("scopedPreDeploy", async (event) => void started.push(event));
  lifecycle.on<ScopedPostDeploy>("scopedPostDeploy", async (event) => void ended.push(event));
  try {
    await run();
    return { started, ended };
  } finally {
    lifecycle.removeAllListeners("scopedPreDeploy");
    lifecycle.removeAllListeners("scopedPostDeploy");
  }
}
