import { ConfigFile, Global } from "@salesforce/core";

/** A deploy that was started, and what it takes to come back to it. */
export interface DeployJob {
  /** 18-character Id. */
  id: string;
  username: string;
  /** Whether the Metadata REST API has it. */
  rest: boolean;
  checkOnly: boolean;
}

/** The file in which the CLI's deploy commands keep the deploys of the last days. */
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
 * Makes a deploy known to `sf project deploy report`, `resume` and `cancel`. A deploy that cannot be kept there is none
 * the worse: the file is not written, and nothing is said.
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
      // Minutes that `resume` waits, unless it is told otherwise: as many as for a deploy of its own.
      wait: 33,
      // No files of a project stand behind it.
      isMdapi: true,
      timestamp: new Date().toISOString(),
    });
    await cache.write();
  } catch {
    return;
  }
}
