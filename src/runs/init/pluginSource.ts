import { readFileSync } from "node:fs";
import { packageFile } from "../../packageFile.ts";
import type { PipelineSystem } from "./pipelineSystems.ts";

/**
 * Whether `sf plugins install sf-plugin-cpq` works: set it to true with the first release on npm, and take the same step in
 * README.md. Until then, pipelines install the packed file, which a team keeps in its repository.
 */
export const isPublished: boolean = false;

/** What a pipeline gives to `sf plugins install`. */
export function pluginFor(system: PipelineSystem): string {
  if (isPublished) return "sf-plugin-cpq";
  return system === "kubernetes" ? `file:///tmp/${packedName()}` : `"file://$PWD/${packedFile(system)}"`;
}

/** Where a pipeline looks for the packed file. The image of a CronJob is built from its own folder. */
export function packedFile(system: PipelineSystem): string {
  return `${system === "kubernetes" ? "kubernetes" : "tools"}/${packedName()}`;
}

function packedName(): string {
  const text = readFileSync(packageFile("package.json"), "utf8");
  return `sf-plugin-cpq-${(JSON.parse(text) as { version: string }).version}.tgz`;
}
