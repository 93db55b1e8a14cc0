import * as Flags from "@oclif/core/flags";
import {
  allowCommandsFlag,
  CpqCommand,
  endingFlags,
  endingOf,
  environmentFlag,
  flagWords,
  helpOf,
  keepSecretHereFlag,
  orgFlags,
  specsOrPlanFlag,
  waitFlag,
} from "../../../cli/cpqCommand.ts";
import { progressDisplay } from "../../../cli/progressDisplay.ts";
import { maxAgeFlag, signingKeyFlag, trustedKeysFlag } from "../../../cli/trustFlags.ts";
import { messagesOf } from "../../../messages.ts";
import type { DeployReport } from "../../../results/deploy.ts";
import type { DeployResult } from "../../../results/promotion.ts";

const help = helpOf("connectedapp.deploy");
const messages = messagesOf("connectedapp.deploy");

export default class Deploy extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  // Made from the flags, it would name all of them, and nest those that exclude each other.
  static override usage = [
    "<%= command.id %> --spec FILE... [--environment NAME | --target-org ALIAS] [--dry-run] [flags]",
    "<%= command.id %> --plan FILE [flags]",
  ];
  static override flags = {
    spec: specsOrPlanFlag,
    environment: environmentFlag,
    plan: Flags.string({
      helpValue: "FILE",
      exclusive: ["environment", "dry-run", "recreate", "no-verify"],
      summary: messages.getMessage("flags.plan.summary"),
    }),
    "plan-max-age": maxAgeFlag("plan-max-age", messages.getMessage("flags.plan-max-age.summary"), "1d"),
    "no-prompt": Flags.boolean({
      dependsOn: ["plan"],
      summary: messages.getMessage("flags.no-prompt.summary"),
    }),
    "yes-production": Flags.boolean({
      dependsOn: ["plan"],
      summary: messages.getMessage("flags.yes-production.summary"),
    }),
    receipt: Flags.string({
      helpValue: "FILE",
      exclusive: ["dry-run", "no-verify"],
      summary: messages.getMessage("flags.receipt.summary"),
    }),
    "signing-key": signingKeyFlag,
    "trusted-keys": trustedKeysFlag,
    ...orgFlags,
    "dry-run": Flags.boolean({ default: false, summary: messages.getMessage("flags.dry-run.summary") }),
    wait: waitFlag(messages.getMessage("flags.wait.summary")),
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
    ...endingFlags({ exclusive: ["plan", "dry-run"] }),
    "keep-secret-here": keepSecretHereFlag,
    "allow-commands": allowCommandsFlag,
  };

  async run(): Promise<DeployResult> {
    const { flags } = await this.parse(Deploy);
    if (flags.plan !== undefined) return this.carryOut(flags.plan);
    const { readSpecs } = await import("../../../project/readSpec.ts");
    const { requireDistinctApps } = await import("../../../project/distinctApps.ts");
    const { deployText, setupOnlyTexts } = await import("../../../report/deploy.ts");
    const { isVerified } = await import("../../../results/check.ts");
    const { obstaclesOf } = await import("../../../results/deploy.ts");
    const { signingKey } = await import("../../../runs/receipt/keys.ts");
    const specs = readSpecs(await this.specFilesOf(flags.spec ?? []), flags.environment);
    if (flags.receipt !== undefined && specs.length > 1)
      throw messages.createError("oneReceipt", [specs.length], [], 2);
    const ending = endingOf(flags);
    const [spec] = specs;
    if (ending !== undefined && specs.length > 1)
      throw messages.createError("oneEnding", [`--${ending}`, specs.length], [], 2);
    const { abortDeploy, deploy } = await import("../../../runs/deploy/deploy.ts");
    requireDistinctApps(specs, ({ targetOrg }) => flags["target-org"] ?? targetOrg);
    const options = {
      targetOrg: flags["target-org"],
      apiVersion: flags["api-version"],
      allowed: { commands: flags["allow-commands"], secretHere: flags["keep-secret-here"] },
      dryRun: flags["dry-run"],
      verify: !flags["no-verify"],
      assignRunAs: flags["assign-run-as"],
      recreate: flags.recreate,
      enableCredentialAccess: flags["enable-credential-access"],
      waitMinutes: flags.wait,
      flags: flagWords(flags, meaningfulFlags),
      ending,
      ...(flags.receipt === undefined
        ? {}
        : { receipt: { file: flags.receipt, key: signingKey(flags["signing-key"]) } }),
    };
    if (ending === "abort" && spec !== undefined) {
      const { showUndone } = await import("../../../cli/showUndone.ts");
      const undone = await abortDeploy(spec, options, (text) => {
        if (!this.jsonEnabled()) this.logToStderr(text);
      });
      showUndone(undone, (text) => this.log(text));
      return { apps: [], undone };
    }
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
      if (report.receiptFile !== undefined)
        this.log(
          `\n${messages.getMessage(options.receipt?.key ? "receipt" : "receiptUnsigned", [report.receiptFile])}`,
        );
      this.warnings.push(...setupOnlyTexts(report));
      if (!isVerified(report.verification)) process.exitCode = 4;
      if (obstaclesOf(report).length > 0) process.exitCode ??= 1;
      apps.push(report);
    }
    return { apps };
  }

  /** Carries a plan out: the promotion that wrote it goes on from there. */
  private async carryOut(file: string): Promise<DeployResult> {
    const { flags } = await this.parse(Deploy);
    const { runPromotion } = await import("../../../cli/runPromotion.ts");
    const { readPlan, specsOfPlan } = await import("../../../runs/promote/planFile.ts");
    const { signingKey, trustedKeys } = await import("../../../runs/receipt/keys.ts");
    const keys = trustedKeys(flags["trusted-keys"]);
    const plan = readPlan(file, { keys, maxAgeMinutes: flags["plan-max-age"] });
    const promotion = await runPromotion(
      specsOfPlan(plan),
      {
        plan,
        planOut: undefined,
        targetOrg: flags["target-org"],
        allowed: { commands: flags["allow-commands"], secretHere: flags["keep-secret-here"] },
        receipt: flags.receipt ?? `${plan.app.name}.${plan.environment}.receipt.json`,
        receiptFrom: plan.options.receiptFrom,
        // The plan was made with a receipt that counted then; how old a plan may be is said by itself.
        trust: { keys, maxAgeMinutes: Number.POSITIVE_INFINITY },
        signingKey: signingKey(flags["signing-key"]),
        assignRunAs: plan.options.assignRunAs || flags["assign-run-as"],
        enableCredentialAccess: plan.options.enableCredentialAccess || flags["enable-credential-access"],
        waitMinutes: flags.wait,
        flags: flagWords(flags, ["keep-secret-here", "allow-commands", "receipt"]),
        ending: undefined,
      },
      {
        json: this.jsonEnabled(),
        noPrompt: flags["no-prompt"] === true || this.jsonEnabled(),
        yesProduction: flags["yes-production"] === true,
        log: (text) => this.log(text),
        logToStderr: (text) => this.logToStderr(text),
      },
    );
    return { apps: promotion.deploy === undefined ? [] : [promotion.deploy], promotion };
  }
}

/** Those that change what is done in the org, or what comes of it. */
const meaningfulFlags = [
  "api-version",
  "no-verify",
  "assign-run-as",
  "recreate",
  "enable-credential-access",
  "keep-secret-here",
  "allow-commands",
  "receipt",
  "signing-key",
];
