import { Flags } from "@oclif/core";
import { startInBackground } from "../../../cli/backgroundStart.ts";
import { CpqCommand, helpOf } from "../../../cli/cpqCommand.ts";
import { localOrgTable } from "../../../cli/localOrgTable.ts";
import type { RunningOrgsRecord } from "../../../localorg/salesforceCli/runningOrgs.ts";
import type { LocalOrgsOptions } from "../../../localorg/start.ts";
import { messagesOf } from "../../../messages.ts";

const help = helpOf("localorg.start");
const messages = messagesOf("localorg.start");

const duration = Flags.custom<number>({
  parse: async (input) => {
    const [, count, unit] = /^(\d{1,7})(ms|s|m)$/.exec(input) ?? [];
    if (unit === undefined) throw messages.createError("invalidDuration", [input]);
    return Number(count) * { ms: 1, s: 1000, m: 60_000 }[unit as "ms" | "s" | "m"];
  },
});

const summaryOf = (flag: string) => messages.getMessage(`flags.${flag}.summary`);

export default class Start extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    org: Flags.string({
      multiple: true,
      default: ["sandbox", "production:production"],
      helpValue: "NAME",
      summary: summaryOf("org"),
    }),
    port: Flags.integer({ min: 1, max: 65_000, helpValue: "NUMBER", summary: summaryOf("port") }),
    "data-dir": Flags.directory({ helpValue: "FOLDER", summary: summaryOf("data-dir") }),
    propagation: duration({ default: 0, helpValue: "DURATION", summary: summaryOf("propagation") }),
    latency: duration({ default: 0, helpValue: "DURATION", summary: summaryOf("latency") }),
    "restrict-connected-apps": Flags.boolean({
      default: false,
      summary: summaryOf("restrict-connected-apps"),
    }),
    "refuse-consumer-key-on-update": Flags.boolean({
      default: false,
      summary: summaryOf("refuse-consumer-key-on-update"),
    }),
    background: Flags.boolean({ default: false, summary: summaryOf("background") }),
  };

  async run(): Promise<RunningOrgsRecord> {
    const { flags } = await this.parse(Start);
    const options: LocalOrgsOptions = {
      orgs: flags.org.map((text, index) =>
        orgOf(text, flags.port === undefined ? 0 : flags.port + 2 * index),
      ),
      behaviour: {
        propagation: flags.propagation,
        latency: flags.latency,
        restrictConnectedApps: flags["restrict-connected-apps"],
        refuseConsumerKeyOnUpdate: flags["refuse-consumer-key-on-update"],
      },
      ...(flags["data-dir"] === undefined ? {} : { dataFolder: flags["data-dir"] }),
    };
    if (flags.background) {
      const record = await startInBackground(this.argv);
      this.show(record, messages.getMessage("next", ["sf cpq localorg stop"]));
      return record;
    }
    return this.serve(options);
  }

  private show(record: RunningOrgsRecord, howToStop: string): void {
    this.log([localOrgTable(record), messages.getMessage("users"), howToStop].join("\n\n"));
  }

  /** Serves until the process is told to stop. */
  private async serve(options: LocalOrgsOptions): Promise<RunningOrgsRecord> {
    const { prepareStart } = await import("../../../cli/prepareStart.ts");
    await prepareStart(options);
    // The CLI's library warns of http, which on loopback is right.
    process.removeAllListeners("warning");
    const { serveOrgs } = await import("../../../localorg/salesforceCli/serve.ts");
    const { record, stop } = await serveOrgs(options).catch((error: Error) => {
      throw messages.createError("startFailed", [error.message]);
    });
    if (process.send) process.send(record);
    else this.show(record, messages.getMessage("untilInterrupted"));
    await new Promise<void>((resolve) => {
      for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, resolve);
    });
    await stop();
    return record;
  }
}

function orgOf(text: string, port: number): { name: string; isSandbox: boolean; port: number } {
  const [, name, type] = /^([A-Za-z0-9-]{1,40})(?::(sandbox|production))?$/.exec(text) ?? [];
  if (name === undefined) throw messages.createError("invalidOrg", [text]);
  return { name, isSandbox: type !== "production", port };
}
