import * as Flags from "@oclif/core/flags";
import { messagesOf } from "../messages.ts";
import type { ShownToken } from "../results/shownToken.ts";
import { tokenFormats, tokenText } from "../runs/token/tokenText.ts";
import { CpqCommand, helpOf } from "./cpqCommand.ts";
import { appFlags, choiceOf } from "./tokenFlags.ts";

const help = helpOf("connectedapp.token");
const messages = messagesOf("connectedapp.token");

/** The command `token`. Its file among the commands loads this one only if the cache has no token. */
export default class Token extends CpqCommand {
  protected static override printsSecrets = true;
  static override summary = help.summary;
  static override description = help.description;
  static override examples = help.examples;
  static override flags = {
    ...appFlags,
    decode: Flags.boolean({
      default: false,
      exclusive: ["format"],
      summary: messages.getMessage("flags.decode.summary"),
    }),
    format: Flags.option({
      options: tokenFormats,
      summary: messages.getMessage("flags.format.summary"),
    })(),
    fresh: Flags.boolean({ default: false, summary: messages.getMessage("flags.fresh.summary") }),
  };

  async run(): Promise<ShownToken> {
    const { flags } = await this.parse(Token);
    const choice = choiceOf(flags);
    const { giveToken } = await import("../runs/token/token.ts");
    const { cached, notKept, ...token } = await giveToken(choice, this.argv, this.config, flags.fresh);
    if (notKept !== undefined) this.warn(messages.getMessage("notKept", [notKept]));
    if (flags.decode) {
      const { decodedText } = await import("../report/decodedToken.ts");
      this.log(decodedText(token.accessToken, Date.now()));
    } else this.log(tokenText(token, flags.format));
    return { tokenType: "Bearer", ...token, cached };
  }
}
