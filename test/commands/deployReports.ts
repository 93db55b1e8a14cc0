import type { DeployReport } from "../../src/results/deploy.ts";
import type { JsonAnswer } from "./commandLine.ts";
import type { TestOrgs } from "./localOrgs.ts";

/** A deploy as scripts see it. */
export interface Deployed {
  status: number | null;
  json: JsonAnswer;
  report: DeployReport;
}

/** The arguments of a deploy to the sandbox. */
export function deployArgs(file: string, ...more: string[]): string[] {
  return ["cpq", "connectedapp", "deploy", "--spec", file, "--target-org", "local-sandbox", ...more];
}

/** Deploys a spec to the sandbox. */
export async function deployToSandbox(orgs: TestOrgs, file: string, ...more: string[]): Promise<Deployed> {
  const { status, json } = await orgs.sfJson(...deployArgs(file, ...more));
  return { status, json, report: reportOf(json) };
}

/** The report of the only app, or none where the deploy failed. */
export function reportOf({ result }: JsonAnswer): DeployReport {
  return (result as { apps: DeployReport[] } | undefined)?.apps[0] as DeployReport;
}

/** The outcome of each check of the verification. */
export function outcomes({ verification }: DeployReport): Record<string, string> {
  return Object.fromEntries((verification?.checks ?? []).map(({ id, outcome }) => [id, outcome]));
}

/** What `outcomes` gives where all is right, and the spec names no CPQ URL. */
export const allPassed = Object.fromEntries(
  [
    "token",
    "jwt",
    "signature",
    "issuer",
    "client",
    "subject",
    "scopes",
    "lifetime",
    "validity",
    "restApi",
  ].map((id) => [id, "passed"]),
);
