import { readFileSync } from "node:fs";
import { messagesOf } from "../../messages.ts";
import { writeNewFiles } from "../../project/newFiles.ts";

/** The path at which each system expects its pipeline, and the file in `templates/ci` for it. */
const pipelines = {
  github: {
    ".github/workflows/cpq-apps.yml": "github/cpq-apps.yml",
    ".github/workflows/cpq-apps-caller.yml": "github/cpq-apps-caller.yml",
  },
  gitlab: { ".gitlab-ci.yml": "gitlab/gitlab-ci.yml" },
  azure: { "azure-pipelines.yml": "azure/azure-pipelines.yml" },
  jenkins: { Jenkinsfile: "jenkins/Jenkinsfile" },
} as const satisfies Record<string, Readonly<Record<string, string>>>;

/** A system that runs pipelines. */
export type PipelineSystem = keyof typeof pipelines;
export const pipelineSystems = Object.keys(pipelines) as PipelineSystem[];

/**
 * Writes the pipeline of a system into this folder, at the place at which the system looks for it.
 *
 * @throws SfError `MissingSystemError` (exit code 2), or `FileExistsError`; then nothing was written
 */
export function initPipeline(system: PipelineSystem | undefined): { files: string[]; next: string[] } {
  if (system === undefined) {
    const systems = pipelineSystems.join("|");
    throw messagesOf("connectedapp.init").createError("missingSystem", [systems], [], 2);
  }
  const texts = Object.entries(pipelines[system]).map(([file, template]): [string, string] => [
    file,
    readFileSync(new URL(`../../../templates/ci/${template}`, import.meta.url), "utf8"),
  ]);
  writeNewFiles(texts);
  return {
    files: texts.map(([file]) => file),
    next: ["sf cpq connectedapp init --template environments --output specs/cpq-admin-api.yaml"],
  };
}
