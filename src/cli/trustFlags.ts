import * as Flags from "@oclif/core/flags";
import { canonicalDuration, minutesOf } from "../app/durations.ts";
import { messagesOf } from "../messages.ts";

const messages = messagesOf("receipt");

/** `--signing-key FILE`. */
export const signingKeyFlag = Flags.string({
  helpValue: "FILE",
  summary: messages.getMessage("flags.signing-key.summary"),
});

/** `--trusted-keys PATH`, several times. */
export const trustedKeysFlag = Flags.string({
  helpValue: "PATH",
  multiple: true,
  multipleNonGreedy: true,
  summary: messages.getMessage("flags.trusted-keys.summary"),
});

/**
 * A flag such as `--plan-max-age 12h`. Its value is in minutes.
 *
 * @throws SfError `DurationInvalidError` (exit code 2)
 */
export function maxAgeFlag(name: string, summary: string, usual: string) {
  return Flags.custom<number>({
    helpValue: "DURATION",
    summary,
    default: async () => minutesOf(canonicalDuration(usual) ?? ""),
    defaultHelp: async () => usual,
    // Help and manifest show the words, not the minutes.
    noCacheDefault: true,
    parse: async (text) => {
      const duration = canonicalDuration(text);
      if (duration === undefined) throw messages.createError("durationInvalid", [name, text], [], 2);
      return minutesOf(duration);
    },
  })();
}
