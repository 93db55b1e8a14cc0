import { z } from "zod";
import {
  asVariable,
  type Consumer,
  dashed,
  type Placeholder,
  type StoreCommand,
  type StoreCommands,
} from "../app/consumer.ts";
import { messagesOf } from "../messages.ts";
import type { ConsumerOwner, ConsumerStore } from "./consumerStore.ts";
import { runTool, toolWords } from "./runTool.ts";

const pairSchema = z.object({ key: z.string().min(1), secret: z.string().min(1) });

/** A store behind the commands of a secret manager. Each is a list of arguments; the secret goes through standard input. */
export function commandStore(commands: StoreCommands): ConsumerStore {
  const { store, fallback, read, erase, since } = commands;
  return {
    place: shownCommand(store[0]),
    readable: read !== undefined,
    read: async (owner) => (read === undefined ? undefined : readWith(read, owner)),
    write: async (owner, consumer) => {
      // One of two values may be there already, and the other not: then each is changed or added by itself.
      const parts =
        store.length === fallback?.length
          ? store.map((command, index) => [[command], fallback.slice(index, index + 1)] as const)
          : [[store, fallback] as const];
      for (const [first, second] of parts) await runEither(first, second, owner, consumer);
      return {};
    },
    erase: async (owner) => {
      if (erase === undefined) throw messagesOf("store").createError("cannotErase", [shownCommand(store[0])]);
      await runAll(erase, owner, undefined);
      return undefined;
    },
    ...(since === undefined
      ? {}
      : { since: (owner: ConsumerOwner) => timeFrom({ run: since, passes: "nothing" }, owner) }),
  };
}

/** Runs the first commands and, if one fails, the second ones. */
async function runEither(
  first: readonly StoreCommand[],
  second: readonly StoreCommand[] | undefined,
  owner: ConsumerOwner,
  consumer: Consumer,
): Promise<void> {
  try {
    await runAll(first, owner, consumer);
  } catch (error) {
    if (second === undefined) throw error;
    await runAll(second, owner, consumer, error);
  }
}

/** The time that a command prints, as secret managers write it: in ISO 8601, or in seconds since 1970. */
async function timeFrom(command: StoreCommand, owner: ConsumerOwner): Promise<string | undefined> {
  const text = (await outputOf(command, owner)).replace(/^"(.*)"$/, "$1");
  if (text === "") return undefined;
  const time = /^\d{9,10}(\.\d+)?$/.test(text)
    ? Number(text) * 1000
    : /^\d{4}-\d\d-\d\dT/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  if (Number.isNaN(time)) {
    const messages = messagesOf("store");
    throw messages.createError("toolAnswerOdd", [shownCommand(command), messages.getMessage("noTime")]);
  }
  return new Date(time).toISOString();
}

/** What a command prints. @throws SfError `ToolFailedError`, without what it printed */
async function outputOf(command: StoreCommand, owner: ConsumerOwner): Promise<string> {
  const result = await runTool(argumentsOf(command, owner, undefined), "");
  if (result.exitCode === 0) return result.stdout.trim();
  throw messagesOf("store").createError("toolFailed", [
    shownCommand(command),
    String(result.exitCode ?? "signal"),
    toolWords({ ...result, stdout: "" }, []),
  ]);
}

/** @param former why the commands before these failed */
async function runAll(
  commands: readonly StoreCommand[],
  owner: ConsumerOwner,
  consumer: Consumer | undefined,
  former?: unknown,
): Promise<void> {
  for (const command of commands) {
    const result = await runTool(argumentsOf(command, owner, consumer?.key), inputOf(command, consumer));
    if (result.exitCode === 0) continue;
    const secrets = consumer === undefined ? [] : [consumer.secret];
    const before = former instanceof Error ? ` ${former.message}` : "";
    throw messagesOf("store").createError("toolFailed", [
      shownCommand(command),
      String(result.exitCode ?? "signal"),
      toolWords(result, secrets) + before,
    ]);
  }
}

/** Both parts, from one command or from two. A command that gives nothing has none. */
async function readWith(
  commands: readonly StoreCommand[],
  owner: ConsumerOwner,
): Promise<Consumer | undefined> {
  const messages = messagesOf("store");
  let pair: Partial<Consumer> = {};
  for (const command of commands) {
    const text = await outputOf(command, owner);
    if (text === "") return undefined;
    pair = { ...pair, ...parsed(text, command) };
  }
  if (pair.key === undefined || pair.secret === undefined)
    throw messages.createError("toolAnswerOdd", [
      shownCommand(commands[0]),
      messages.getMessage(pair.key === undefined ? "keyMissing" : "secretMissing"),
    ]);
  return { key: pair.key, secret: pair.secret };
}

function parsed(text: string, command: StoreCommand): Partial<Consumer> {
  if (command.passes === "key") return { key: text };
  if (command.passes === "secret") return { secret: text };
  if (command.passes === "nothing") return {};
  try {
    return pairSchema.parse(JSON.parse(text));
  } catch {
    // The parser's own message can repeat what it read.
    const messages = messagesOf("store");
    throw messages.createError("toolAnswerOdd", [shownCommand(command), messages.getMessage("notThePair")]);
  }
}

function inputOf({ passes }: StoreCommand, consumer: Consumer | undefined): string {
  if (consumer === undefined || passes === "nothing") return "";
  return passes === "pair"
    ? JSON.stringify({ key: consumer.key, secret: consumer.secret })
    : consumer[passes];
}

/** @throws SfError `PlaceholderEmptyError` if an argument needs what is not known here */
function argumentsOf({ run }: StoreCommand, owner: ConsumerOwner, key: string | undefined): string[] {
  const values: Readonly<Record<Placeholder, string | undefined>> = {
    key,
    app: owner.appName,
    APP: asVariable(owner.appName),
    dashedApp: dashed(owner.appName),
    kind: owner.kind,
    environment: owner.environment,
    ENVIRONMENT: owner.environment && asVariable(owner.environment),
    dashedEnvironment: owner.environment && dashed(owner.environment),
    org: owner.username,
    orgId: owner.orgId,
    instanceUrl: owner.instanceUrl,
    myDomain: new URL(owner.instanceUrl).host,
  };
  return run.map((argument) =>
    argument.replace(/\{([A-Za-z]+)\}/g, (whole, name: string) => {
      const value = values[name as Placeholder];
      if (value === undefined)
        throw messagesOf("store").createError("placeholderEmpty", [whole, run.join(" ")]);
      return value;
    }),
  );
}

/** The program, and the words after it up to the first option: enough to know it, and nothing that a user filled in. */
function shownCommand(command: StoreCommand | undefined): string {
  const words = command?.run ?? [];
  const end = words.findIndex((word, index) => index > 0 && (word.startsWith("-") || word.includes("{")));
  return words.slice(0, end === -1 ? 4 : Math.min(end, 4)).join(" ");
}
