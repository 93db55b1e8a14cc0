import { Flags } from "@oclif/core";
import { CpqCommand, environmentFlag, helpOf, orgFlags, specsOrPlanFlag } from "../../../cli/cpqCommand.ts";
import { progressDisplay } from "../../../cli/progressDisplay.ts";
import { messagesOf } from "../../../messages.ts";
import { requireDistinctApps } from "../../../project/distinctApps.ts";
import { readSpecs } from "../../../project/readSpec.ts";
import { deployText, setupOnlyTexts } from "../../../report/deploy.ts";
import { isVerified } from "../../../results/check.ts";
import type { DeployReport } from "../../../results/deploy.ts";
import { readPlan, specOfPlan } from "../../../runs/deploy/planFile.ts";

const help = helpOf("connectedapp.deploy");
const messages = messagesOf("connectedapp.deploy");

export default class Deploy extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    spec: specsOrPlanFlag,
    environment: environmentFlag,
    plan: Flags.string({
      helpValue: "FILE",
      exclusive: ["environment", "dry-run", "recreate"],
      summary: messages.getMessage("flags.plan.summary"),
    }),
    ...orgFlags,
    "dry-run": Flags.boolean({ default: false, summary: messages.getMessage("flags.dry-run.summary") }),
    wait: Flags.integer({
      char: "w",
      helpValue: "MINUTES",
      min: 0,
      default: 15,
      summary: messages.getMessage("flags.wait.summary"),
    }),
    "no-verify": Flags.boolean({ default: false, summary: messages.getMessage("flags.no-verify.summary") }),
    "assign-run-as": Flags.boolean({
      default: false,
      summary: messages.getMessage("flags.assign-run-as.summary"),
    }),
    recreate: Flags.boolean({ default: false, summary: messages.getMessage("flags.recreate.summary") }),
    "enable-credential-access": Flags.boolean({
      default: false,
      summary: messages.getMessage("flags.enable-credential-access.summary"),
    }),
  };

  async run(): Promise<{ apps: readonly DeployReport[] }> {
    const { flags } = await this.parse(Deploy);
    const reviewed = flags.plan === undefined ? undefined : readPlan(flags.plan);
    const specs =
      reviewed === undefined ? readSpecs(flags.spec ?? [], flags.environment) : [specOfPlan(reviewed)];
    const { deploy } = await import("../../../runs/deploy/deploy.ts");
    requireDistinctApps(specs, ({ targetOrg }) => flags["target-org"] ?? targetOrg);
    const options = {
      reviewed,
      targetOrg: flags["target-org"] ?? reviewed?.org.name,
      apiVersion: flags["api-version"],
      dryRun: flags["dry-run"],
      verify: !flags["no-verify"],
      assignRunAs: flags["assign-run-as"],
      recreate: flags.recreate,
      enableCredentialAccess: flags["enable-credential-access"],
      waitMinutes: flags.wait,
    };
    const apps: DeployReport[] = [];
    for (const [index, spec] of specs.entries()) {
      if (index > 0) this.log("");
      const title =
        specs.length === 1
          ? messages.getMessage("deploying")
          : messages.getMessage("deployingSeveral", [spec.app.name, index + 1, specs.length]);
      const progress = await progressDisplay(title, this.jsonEnabled(), (line) => this.logToStderr(line));
      const report = await deploy(spec, options, progress).catch((error: unknown) => {
        progress.end("failed");
        throw error;
      });
      this.log(deployText(report));
      this.warnings.push(...setupOnlyTexts(report));
      if (!isVerified(report.verification)) process.exitCode = 4;
      apps.push(report);
    }
    return { apps };
  }
}
