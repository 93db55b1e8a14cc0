import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { isThisMachine } from "../app/thisMachine.ts";

type Variables = Readonly<Record<string, string | undefined>>;

/** Variables by which systems that run pipelines are known. Not all of them set CI. */
const pipelineVariables = ["CI", "TF_BUILD", "JENKINS_URL", "TEAMCITY_VERSION", "CODEBUILD_BUILD_ID"];

/** Whether a pipeline runs this. */
function isPipeline(variables: Variables): boolean {
  return pipelineVariables.some((name) => !["", "0", "false"].includes(variables[name]?.toLowerCase() ?? ""));
}

/** A home whose files are younger than this, in milliseconds, may have been made for this one job. */
const youngHome = 3_600_000;

/** What decides whether a store in the user's home will be there for the next run. */
export interface Surroundings {
  variables: Variables;
  /** Whether a person can be asked. */
  hasTerminal: boolean;
  /** Folders that the Salesforce CLI keeps in the home. */
  folders: readonly string[];
  /** Host of the org's My Domain URL. */
  host: string;
  /** Milliseconds since the epoch. */
  now: number;
}

/**
 * Whether what is stored in the user's home lasts: not in a pipeline, and not in a home that is new and that no person
 * sits before, as in a container. Whoever names the store's folder says by it that it lasts. An org on this machine
 * lasts no longer than its home.
 */
export function isLasting({ variables, hasTerminal, folders, host, now }: Surroundings): boolean {
  if (variables.CPQ_STORE_FOLDER) return true;
  if (isPipeline(variables)) return false;
  return (
    hasTerminal || isThisMachine(host) || folders.some((folder) => hasFileOlderThan(folder, now - youngHome))
  );
}

function hasFileOlderThan(folder: string, time: number): boolean {
  try {
    return readdirSync(folder).some((name) => {
      const { birthtimeMs, mtimeMs } = statSync(join(folder, name));
      return Math.min(birthtimeMs || mtimeMs, mtimeMs) < time;
    });
  } catch {
    // No such folder: no older file.
    return false;
  }
}

/**
 * Whether this runs for a pull request whose author may not write to the repository, as far as the pipeline says: one
 * from a fork. What its specs say is then a stranger's word.
 */
export function isForStranger(variables: Variables): boolean {
  const event = variables.GITHUB_EVENT_NAME ?? "";
  if (event.startsWith("pull_request")) return isFromFork(variables.GITHUB_EVENT_PATH);
  if (variables.CI_MERGE_REQUEST_SOURCE_PROJECT_ID !== undefined)
    return variables.CI_MERGE_REQUEST_SOURCE_PROJECT_ID !== variables.CI_MERGE_REQUEST_PROJECT_ID;
  if (variables.SYSTEM_PULLREQUEST_ISFORK?.toLowerCase() === "true") return true;
  // Jenkins sets it for change requests from forks alone.
  return (variables.CHANGE_FORK ?? "") !== "";
}

/** What cannot be read is taken for a fork's. */
function isFromFork(eventFile: string | undefined): boolean {
  try {
    const { pull_request: request } = JSON.parse(readFileSync(eventFile ?? "", "utf8"));
    return request.head.repo.full_name !== request.base.repo.full_name;
  } catch {
    return true;
  }
}
