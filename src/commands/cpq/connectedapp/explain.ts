import { text } from "node:stream/consumers";
import * as Args from "@oclif/core/args";
import * as Flags from "@oclif/core/flags";
import { CpqCommand, helpOf } from "../../../cli/cpqCommand.ts";
import { messagesOf } from "../../../messages.ts";
import { decodedText } from "../../../report/decodedToken.ts";
import type { Explained } from "../../../results/explained.ts";
import { explain, tokenIn } from "../../../runs/explain/explain.ts";

const help = helpOf("connectedapp.explain");
const messages = messagesOf("connectedapp.explain");

export default class Explain extends CpqCommand {
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override args = {
    text: Args.string({ description: messages.getMessage("args.text.description"), ignoreStdin: true }),
  };
  static override flags = {
    kind: Flags.option({
      options: ["ExternalClientApp", "ConnectedApp"] as const,
      default: "ExternalClientApp",
      summary: messages.getMessage("flags.kind.summary"),
    })(),
  };

  async run(): Promise<Explained> {
    const { args, flags } = await this.parse(Explain);
    const input = args.text ?? (process.stdin.isTTY ? "" : await text(process.stdin));
    if (input.trim() === "") throw messages.createError("nothing", [], [], 2);
    const explained = explain(input, flags.kind);
    const token = tokenIn(input);
    if (token !== undefined) this.log(`${decodedText(token, Date.now())}\n`);
    this.log([explained.text, ...explained.actions.map((action) => `  ${action}`)].join("\n"));
    if (explained.what === "unknown") process.exitCode = 1;
    return explained;
  }
}
