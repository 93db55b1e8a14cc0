import { readFile } from "node:fs/promises";
import type { CLIError } from "@oclif/core/errors";
import * as Flags from "@oclif/core/flags";
import { reasonOf } from "../../../app/reasonOf.ts";
import {
  reportFailure,
  reportSuccess,
  reportToParent,
  startInBackground,
} from "../../../cli/backgroundStart.ts";
import { CpqCommand, helpOf } from "../../../cli/cpqCommand.ts";
import { localOrgTable } from "../../../cli/localOrgTable.ts";
import type { FaultInput } from "../../../localorg/faults/fault.ts";
import type { RunningOrgsRecord } from "../../../localorg/salesforceCli/runningOrgs.ts";
import type { LocalOrgsOptions } from "../../../localorg/start.ts";
import { messagesOf } from "../../../messages.ts";

const help = helpOf("localorg.start");
const messages = messagesOf("localorg.start");

/** The exit code of wrong usage. */
const wrongUsage = 2;

const duration = Flags.custom<number>({
  parse: async (input) => {
    const [, count, unit] = /^(\d{1,7})(ms|s|m)$/.exec(input) ?? [];
    if (unit === undefined) throw messages.createError("invalidDuration", [input], [], wrongUsage);
    return Number(count) * { ms: 1, s: 1000, m: 60_000 }[unit as "ms" | "s" | "m"];
  },
});

export default class Start extends CpqCommand {
  protected static override memory = "server" as const;
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    org: Flags.string({
      multiple: true,
      default: ["sandbox", "production:production"],
      helpValue: "NAME",
      summary: messages.getMessage("flags.org.summary"),
    }),
    port: Flags.integer({
      min: 1024,
      max: 65_535,
      helpValue: "NUMBER",
      summary: messages.getMessage("flags.port.summary"),
    }),
    "data-dir": Flags.directory({
      helpValue: "FOLDER",
      summary: messages.getMessage("flags.data-dir.summary"),
    }),
    propagation: duration({
      default: 0,
      helpValue: "DURATION",
      summary: messages.getMessage("flags.propagation.summary"),
    }),
    "deploy-time": duration({
      default: 0,
      helpValue: "DURATION",
      summary: messages.getMessage("flags.deploy-time.summary"),
    }),
    latency: duration({
      default: 0,
      helpValue: "DURATION",
      summary: messages.getMessage("flags.latency.summary"),
    }),
    "restrict-connected-apps": Flags.boolean({
      default: false,
      summary: messages.getMessage("flags.restrict-connected-apps.summary"),
    }),
    "policies-after-oauth-settings": Flags.boolean({
      default: false,
      summary: messages.getMessage("flags.policies-after-oauth-settings.summary"),
    }),
    "refuse-consumer-key-on-update": Flags.boolean({
      default: false,
      summary: messages.getMessage("flags.refuse-consumer-key-on-update.summary"),
    }),
    faults: Flags.file({
      exists: true,
      helpValue: "FILE",
      summary: messages.getMessage("flags.faults.summary"),
    }),
    background: Flags.boolean({ default: false, summary: messages.getMessage("flags.background.summary") }),
    // --background starts the serving process with this flag: it reports to the process that started it, and prints
    // nothing.
    "report-to-parent": Flags.boolean({ default: false, hidden: true }),
  };

  private jsonPrinted = false;

  async run(): Promise<RunningOrgsRecord> {
    const { flags } = await this.parse(Start);
    const options: LocalOrgsOptions = {
      orgs: orgsOf(flags.org, flags.port),
      behaviour: {
        propagation: flags.propagation,
        latency: flags.latency,
        deployTime: flags["deploy-time"],
        restrictConnectedApps: flags["restrict-connected-apps"],
        policiesAfterOAuthSettings: flags["policies-after-oauth-settings"],
        refuseConsumerKeyOnUpdate: flags["refuse-consumer-key-on-update"],
      },
      ...(flags.faults === undefined ? {} : { faults: await readFaults(flags.faults) }),
      ...(flags["data-dir"] === undefined ? {} : { dataFolder: flags["data-dir"] }),
    };
    if (flags.background) {
      const record = await startInBackground(this.argv);
      this.show(record, messages.getMessage("howToStop"));
      return record;
    }
    return this.serve(options, flags["report-to-parent"]);
  }

  /** Whoever reads only the JSON gets it as soon as the orgs answer, and not a second time at the end. */
  override jsonEnabled(): boolean {
    return !this.jsonPrinted && super.jsonEnabled();
  }

  protected override async catch(error: CLIError & { exitCode?: number }): Promise<void> {
    if (this.argv.includes(reportToParent)) await reportFailure(error);
    return super.catch(error);
  }

  private show(record: RunningOrgsRecord, howToStop: string): void {
    const next = messages.getMessage("next", [record.orgs[0]?.alias ?? ""]);
    this.log([localOrgTable(record), messages.getMessage("users"), next, howToStop].join("\n\n"));
  }

  /** Serves until the process is told to stop. */
  private async serve(options: LocalOrgsOptions, hasParent: boolean): Promise<RunningOrgsRecord> {
    const { prepareStart } = await import("../../../cli/prepareStart.ts");
    await prepareStart(options);
    // The CLI's library warns about http, which is fine on loopback.
    process.removeAllListeners("warning");
    const { serveOrgs } = await import("../../../localorg/salesforceCli/serve.ts");
    const { record, stop } = await serveOrgs(options).catch((error: Error) => {
      throw messages.createError("startFailed", [error.message]);
    });
    const told = new Promise<void>((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
    });
    if (hasParent) await reportSuccess(record);
    else if (this.jsonEnabled()) this.logJson(this.toSuccessJson(record));
    else this.show(record, messages.getMessage("untilInterrupted"));
    this.jsonPrinted = true;
    await told;
    await stop();
    return record;
  }
}

/** The fault plan of a file, in JSON or YAML. */
async function readFaults(file: string): Promise<readonly FaultInput[]> {
  const { parse } = await import("yaml");
  const { FaultPlan } = await import("../../../localorg/faults/faultPlan.ts");
  try {
    const faults = parse(await readFile(file, "utf8"));
    new FaultPlan(faults);
    return faults;
  } catch (error) {
    throw messages.createError("invalidFaults", [file, reasonOf(error)], [], wrongUsage);
  }
}

/** The orgs to start; each takes two ports, the second one for its CPQ admin API. */
function orgsOf(texts: string[], firstPort: number | undefined): LocalOrgsOptions["orgs"] {
  const orgs = texts.map((text, index) => {
    const [, name, type] = /^([A-Za-z0-9][A-Za-z0-9-]{0,39})(?::(sandbox|production))?$/.exec(text) ?? [];
    if (name === undefined) throw messages.createError("invalidOrg", [text], [], wrongUsage);
    const port = firstPort === undefined ? 0 : firstPort + 2 * index;
    return { name, isSandbox: type !== "production", port, cpqPort: port && port + 1 };
  });
  const names = orgs.map(({ name }) => name.toLowerCase());
  const repeated = names.find((name, index) => names.indexOf(name) !== index);
  if (repeated !== undefined) throw messages.createError("repeatedOrg", [repeated], [], wrongUsage);
  if (firstPort !== undefined && orgs.some(({ cpqPort }) => cpqPort > 65_535)) {
    throw messages.createError("portsTooHigh", [firstPort, 2 * orgs.length], [], wrongUsage);
  }
  return orgs;
}
