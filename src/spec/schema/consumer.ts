import { z } from "zod";
import { type ConsumerSource, commandContents, placeholders, type StoreCommand } from "../../app/consumer.ts";
import { canonicalDuration } from "../../app/durations.ts";
import { secretReference } from "../../app/secretReference.ts";
import { valueProblem } from "./valueProblem.ts";
import { durationBy, durationPattern, oneLine } from "./values.ts";

const inBraces = /\{([A-Za-z]+)\}/g;

function hasKnownPlaceholders(text: string): boolean {
  return [...text.matchAll(inBraces)].every(([, name = ""]) =>
    (placeholders as readonly string[]).includes(name),
  );
}

const argument = z
  .string()
  .min(1)
  .max(4096)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: no argument of a process can hold NUL.
  .regex(/^[^\u0000]*$/, valueProblem("controlCharacter"))
  .refine(hasKnownPlaceholders, valueProblem("placeholder"));

const argumentList = z
  .array(argument)
  .min(1)
  .describe(
    `Program and arguments, without a shell. They may hold ${placeholders.map((name) => `{${name}}`).join(", ")}.`,
  );

const asPair = argumentList.transform((run): StoreCommand => ({ run, passes: "pair" }));

const command = z.union([
  asPair,
  z.strictObject({
    run: argumentList,
    passes: z
      .enum(commandContents)
      .default("pair")
      .describe(
        'What goes through standard input, or comes from standard output if the command reads: the pair as JSON {"key": …, "secret": …}, the key, the secret, or nothing.',
      ),
  }),
]);

const commands = (meaning: string) =>
  z.union([command.transform((one) => [one]), z.array(command).min(1)]).describe(meaning);

const store = z
  .union([
    z.literal("machine"),
    z.strictObject({
      helper: z
        .string()
        .regex(/^[A-Za-z0-9][\w.-]{0,63}$/, valueProblem("helperName"))
        .describe("Name of a credential helper: `pass` for the program docker-credential-pass."),
    }),
    z.strictObject({
      commands: z
        .strictObject({
          store: commands("Keeps the pair. Several commands run in their order, until one fails."),
          fallback: commands(
            "What is run instead if `store` fails, such as the tool's command to add. If there are as many commands as in `store`, each stands for its own.",
          ).optional(),
          read: commands("Gives the pair. Without it, the store can only be written.").optional(),
          erase: commands("Removes the pair.").optional(),
          since: argumentList
            .describe(
              "Program and arguments of a command that prints since when the store has the pair: a time in ISO 8601, or seconds since 1970. From it, every machine knows how old the secret is.",
            )
            .optional(),
        })
        .describe("Commands of a secret manager."),
    }),
  ])
  .describe(
    "Where a generated pair is kept: the encrypted store of this machine, a credential helper, or commands of a secret manager.",
  );

/** Where the consumer comes from, and where it is kept. */
export const consumer = z
  .union([
    z.literal("generated").transform((): ConsumerSource => ({})),
    z
      .strictObject({
        key: oneLine(256)
          .describe(
            "The consumer key, in plain text or as ${env:NAME}, ${file:PATH} or ${command:…}. {APP} and {ENVIRONMENT} in a reference stand for both names, spelled as variables are.",
          )
          .optional(),
        secret: oneLine()
          .regex(secretReference, valueProblem("secretReference"))
          .describe(
            "Where the consumer secret comes from: ${env:NAME}, ${file:PATH} or ${command:…}, with {APP} and {ENVIRONMENT} as in the key. Without it, the store.",
          )
          .optional(),
        store: store.optional(),
        maxSecretAge: durationBy(
          (source) => (canonicalDuration(source) === undefined ? undefined : source.replace(/\s/g, "")),
          "duration",
          "90d",
          durationPattern,
        )
          .describe("How old the secret may be before it counts as drift, such as 90d.")
          .optional(),
      })
      // A secret alone would belong to no key, and an empty map says nothing.
      .refine(
        ({ key, secret, store: at, maxSecretAge }) =>
          key !== undefined || (secret === undefined && (at !== undefined || maxSecretAge !== undefined)),
        {
          path: ["key"],
          error: "missing",
        },
      ),
  ])
  .prefault("generated");
