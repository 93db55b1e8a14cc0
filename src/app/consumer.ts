/** A consumer key and its secret. */
export interface Consumer {
  key: string;
  secret: string;
}

/** Where the consumer of an app comes from, and where it is kept. Without a key, it is generated. */
export interface ConsumerSource {
  /** In plain text, or a reference to it. */
  key?: string | undefined;
  /** A reference to it. */
  secret?: string | undefined;
  /** Without it, generated pairs are kept on this machine. */
  store?: StorePlace | undefined;
  /** How old the secret may be, such as `90d`. */
  maxSecretAge?: string | undefined;
}

/** A store of consumers, as a spec names it. */
export type StorePlace = "machine" | { helper: string } | { commands: StoreCommands };

/** Commands that keep a pair somewhere: each is a list of arguments, and none goes through a shell. */
export interface StoreCommands {
  store: readonly StoreCommand[];
  /** What is run if `store` fails: many tools have one command to change and another to add. */
  fallback?: readonly StoreCommand[] | undefined;
  read?: readonly StoreCommand[] | undefined;
  erase?: readonly StoreCommand[] | undefined;
  /** Arguments of the command that prints since when the store has the pair. */
  since?: readonly string[] | undefined;
}

/** One command. */
export interface StoreCommand {
  /** Program and arguments, which may hold `{org}` and the other placeholders. */
  run: readonly string[];
  /** What the command gets on its standard input, or gives on its standard output if it reads. */
  passes: CommandContent;
}

/** Both as JSON `{"key": …, "secret": …}`, one of the two alone, or nothing. */
export const commandContents = ["pair", "key", "secret", "nothing"] as const;
type CommandContent = (typeof commandContents)[number];

/**
 * What an argument of a command can hold in braces. The secret is never among arguments, which other users can see.
 * In capitals, a name is spelled as variables are; dashed, as in a vault that takes letters, digits and dashes alone.
 */
export const placeholders = [
  "key",
  "app",
  "APP",
  "dashedApp",
  "kind",
  "environment",
  "ENVIRONMENT",
  "dashedEnvironment",
  "org",
  "orgId",
  "instanceUrl",
  "myDomain",
] as const;
export type Placeholder = (typeof placeholders)[number];

/** A name as part of a variable's name: `CPQ_ADMIN_API` for `CPQ_Admin_API`, `UAT_2` for `uat-2`. */
export function asVariable(name: string): string {
  return name.toUpperCase().replace(/[^A-Z0-9]+/g, "_");
}

/** A name in small letters, digits and dashes: `cpq-admin-api` for `CPQ_Admin_API`. */
export function dashed(name: string): string {
  return name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
