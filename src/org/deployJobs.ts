import { ConfigFile, Global } from "@salesforce/core";

/** A deploy that was started, and what is needed to find it again. */
export interface DeployJob {
  /** 18-character Id. */
  id: string;
  username: string;
  /** Whether it was started by the Metadata REST API. */
  rest: boolean;
  checkOnly: boolean;
}

/** The file in which the CLI's deploy commands keep the deploys of the last few days. */
class DeployCache extends ConfigFile {
  static override getFileName(): string {
    return "deploy-cache.json";
  }

  static override getDefaultOptions(): ConfigFile.Options {
    return {
      isGlobal: true,
      isState: true,
      filename: DeployCache.getFileName(),
      stateFolder: Global.SF_STATE_FOLDER,
    };
  }
}

/**
 * Makes a deploy known to `sf project deploy report`, `resume` and `cancel`. If the deploy cannot be kept there, the
 * file is not written and nothing is said: the deploy itself is not affected.
 *
 * @see https://github.com/salesforcecli/plugin-deploy-retrieve/blob/main/src/utils/deployCache.ts
 */
export async function rememberJob({ id, username, rest, checkOnly }: DeployJob): Promise<void> {
  try {
    const cache = await DeployCache.create();
    cache.set(id, {
      "target-org": username,
      api: rest ? "REST" : "SOAP",
      "dry-run": checkOnly,
      // How many minutes `resume` waits by default: as long as for a deploy of its own.
      wait: 33,
      // It does not come from the files of a project.
      isMdapi: true,
      timestamp: new Date().toISOString(),
    });
    await cache.write();
  } catch {
    return;
  }
}

/** Ids of the deploys that were started on this machine in the last few days, and whose answers arrived. */
export async function rememberedJobs(): Promise<ReadonlySet<string>> {
  try {
    return new Set((await DeployCache.create()).keys());
  } catch {
    return new Set();
  }
}
