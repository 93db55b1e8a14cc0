import * as Flags from "@oclif/core/flags";
import { CpqCommand, environmentFlag, helpOf, orgFlags, specsFlag } from "../../../cli/cpqCommand.ts";
import { messagesOf } from "../../../messages.ts";
import { requireDistinctApps } from "../../../project/distinctApps.ts";
import { type ReadSpec, readSpecs, requireNoOrgReferences } from "../../../project/readSpec.ts";
import type { GeneratedApp } from "../../../results/generated.ts";
import { generate } from "../../../runs/generate/generate.ts";
import { generateTarget } from "../../../runs/generate/generateTarget.ts";

const help = helpOf("connectedapp.generate");
const messages = messagesOf("connectedapp.generate");

export default class Generate extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    spec: specsFlag,
    environment: environmentFlag,
    "target-org": orgFlags["target-org"],
    "output-dir": Flags.string({
      char: "d",
      helpValue: "FOLDER",
      summary: messages.getMessage("flags.output-dir.summary"),
    }),
  };

  async run(): Promise<{ apps: readonly GeneratedApp[] }> {
    const { flags } = await this.parse(Generate);
    const files = await this.specFilesOf(flags.spec);
    const specs = await withOrgFacts(readSpecs(files, flags.environment), flags["target-org"]);
    requireDistinctApps(specs, () => undefined);
    const target = await generateTarget(flags["output-dir"]);
    const apps = specs.map((spec) => generate(spec, target));
    for (const { kind, files, notes, setupOnly } of apps) {
      for (const file of files)
        this.log(messages.getMessage(file.changed ? "written" : "unchanged", [file.path]));
      for (const { path } of files.filter(({ ignored }) => ignored))
        this.warn(messages.getMessage("ignored", [path]));
      for (const note of notes) this.warn(note);
      for (const { path, value } of setupOnly)
        this.warn(messages.getMessage("setupOnly", [path, value, kind]));
    }
    return { apps };
  }
}

/** Specs that refer to their org get its facts. Only for them is the code loaded that talks to orgs. */
async function withOrgFacts(specs: ReadSpec[], targetOrg: string | undefined): Promise<ReadSpec[]> {
  if (specs.every(({ orgReferences }) => orgReferences.length === 0)) return specs;
  if (targetOrg === undefined) specs.forEach(requireNoOrgReferences);
  const { connectOrg } = await import("../../../org/connect.ts");
  const { factsOf } = await import("../../../runs/appInOrg/connectOrgOf.ts");
  const facts = factsOf(await connectOrg(targetOrg, undefined));
  return specs.map((spec) => spec.forOrg(facts));
}
