import { join } from "node:path";
import { Command } from "@oclif/core/command";
import { type CLIError, ExitError } from "@oclif/core/errors";
import * as Flags from "@oclif/core/flags";
import { flush } from "@oclif/core/flush";
import type { Input, ParserOutput } from "@oclif/core/interfaces";
import { ux } from "@oclif/core/ux";
import ansis from "ansis";
import { shellWord } from "../app/shellWord.ts";
import { terminalText, visibleJson } from "../app/visibleText.ts";
import { messagesOf } from "../messages.ts";
import type { Bundle, MessageKey } from "../messageText.ts";

import { endConnections } from "../network/ending.ts";
import { fileFailure } from "../project/fileFailure.ts";
import { redacted, redactedIn, startHiding } from "../secrets/redaction.ts";
import { SfError } from "../sfError.ts";
import { outliveReaders } from "./lostReader.ts";
import { type MemorySettings, prepareNode, requireNode } from "./nodeSettings.ts";

const shared = messagesOf("shared");

type Values = Record<string, unknown>;

/** The files of messages/ that hold the help of a command. */
type HelpBundle = {
  [B in Bundle]: "summary" | "description" | "examples" extends MessageKey<B> ? B : never;
}[Bundle];

/** The texts of a command's help, from its file in `messages/`; every description ends with the exit codes. */
export function helpOf(bundle: HelpBundle) {
  const messages = messagesOf(bundle);
  return {
    summary: messages.getMessage("summary"),
    description: `${messages.getMessage("description")}\n\n${shared.getMessage("exitCodes")}`,
    examples: messages.getMessages("examples"),
  };
}

/** `--spec FILE`, the same for all commands. */
export const specFlag = Flags.string({
  char: "f",
  helpValue: "FILE",
  summary: shared.getMessage("flags.spec.summary"),
  required: true,
});

/** `--spec` for commands that take several specs: files, folders and globs. */
export const specsFlag = Flags.string({ ...specsOptions(), required: true, multiple: true });

/** The same for commands that accept a plan instead of specs. */
export const specsOrPlanFlag = Flags.string({
  ...specsOptions(),
  multiple: true,
  exactlyOne: ["spec", "plan"],
});

function specsOptions() {
  return {
    char: "f",
    helpValue: "FILE",
    summary: shared.getMessage("flags.specs.summary"),
    multipleNonGreedy: true,
  } as const;
}

/** `--environment NAME`. */
export const environmentFlag = Flags.string({
  char: "e",
  helpValue: "NAME",
  summary: shared.getMessage("flags.environment.summary"),
});

/** `--environment NAME`, more than once. */
export function environmentsFlag(summary: string) {
  return Flags.string({ char: "e", helpValue: "NAME", multiple: true, multipleNonGreedy: true, summary });
}

/** `--exclude PATTERN`, several times, for commands that look at all apps of an org. */
export function excludeFlag(more: { exclusive?: string[]; dependsOn?: string[] }) {
  return Flags.string({
    helpValue: "PATTERN",
    multiple: true,
    multipleNonGreedy: true,
    summary: shared.getMessage("flags.exclude.summary"),
    ...more,
  });
}

/** `--target-org` and `--api-version` for commands that talk to an org. */
export const orgFlags = {
  "target-org": Flags.string({
    char: "o",
    helpValue: "ALIAS",
    summary: shared.getMessage("flags.target-org.summary"),
  }),
  "api-version": Flags.string({
    char: "a",
    helpValue: "NUMBER",
    summary: shared.getMessage("flags.api-version.summary"),
  }),
};

/** `--wait MINUTES`. */
export function waitFlag(summary: string, minutes = 15, more: { dependsOn?: string[] } = {}) {
  return Flags.integer({ char: "w", helpValue: "MINUTES", min: 0, default: minutes, summary, ...more });
}

/** `--resume` and `--abort`, for commands that change an app of an org. */
export function endingFlags(more: { exclusive?: string[]; dependsOn?: string[] } = {}) {
  const { exclusive = [], dependsOn } = more;
  const needs = dependsOn === undefined ? {} : { dependsOn };
  return {
    resume: Flags.boolean({
      exclusive: ["abort", ...exclusive],
      summary: shared.getMessage("flags.resume.summary"),
      ...needs,
    }),
    abort: Flags.boolean({ exclusive, summary: shared.getMessage("flags.abort.summary"), ...needs }),
  };
}

/** What such flags say. */
export function endingOf({ resume, abort }: { resume?: boolean; abort?: boolean }) {
  return resume ? ("resume" as const) : abort ? ("abort" as const) : undefined;
}

/** Flags as they can be typed again, each after a space; those that were not given are left out. */
export function flagWords(flags: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  const words = names.flatMap((name) => {
    const value = flags[name];
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name} ${shellWord(String(value))}`];
  });
  return words.map((word) => ` ${word}`).join("");
}

/** `--allow-commands`, for commands that may run what a spec names. */
export const allowCommandsFlag = Flags.boolean({
  default: false,
  summary: shared.getMessage("flags.allow-commands.summary"),
});

/** `--keep-secret-here`, for commands that may make a secret. */
export const keepSecretHereFlag = Flags.boolean({
  default: false,
  summary: shared.getMessage("flags.keep-secret-here.summary"),
});

/**
 * What all commands share: `--json` in the Salesforce CLI's shape, and errors as message and next steps without a stack
 * trace. It extends oclif's own command, because the Salesforce CLI's base class loads all org code before a command
 * can run.
 */
export abstract class CpqCommand extends Command {
  static override enableJsonFlag = true;
  static override baseFlags = {
    // The Salesforce CLI itself reads the folder, before a command gets its flags.
    "flags-dir": Flags.directory({
      helpGroup: "GLOBAL",
      helpValue: "DIR",
      exists: true,
      summary: shared.getMessage("flags.flags-dir.summary"),
    }),
  };
  /** Whether the command's own purpose is to print a secret. Its errors hide them all the same. */
  protected static printsSecrets = false;
  /** How Node treats memory. Commands with the same settings share what Node keeps compiled. */
  protected static memory: MemorySettings = "few";
  protected warnings: string[] = [];
  /** Breaks lines for a terminal; loaded only if there is one. */
  private wrap: ((text: string, width: number) => string) | undefined;

  /** Sets up what affects the speed of a command, before it loads the code that talks to orgs. */
  protected override async init(): Promise<void> {
    await super.init();
    requireNode(process.versions.node);
    startHiding();
    outliveReaders();
    if (process.stdout.isTTY || process.stderr.isTTY)
      this.wrap = (await import("./wrappedLines.ts")).wrappedLines;
    prepareNode((this.ctor as typeof CpqCommand).memory, join(this.config.cacheDir, "sf-plugin-cpq"));
    // A second log writer beside the CLI's own costs a quarter of a second at exit. A user who wants its log sets a
    // level.
    if (process.env.SF_LOG_LEVEL === undefined) process.env.SF_DISABLE_LOG_FILE ??= "true";
  }

  /**
   * The flags and arguments of the command line. A flag without a value is refused here, once for all: most often, it
   * stands for a variable that is not set, and what is then done is not what was meant.
   *
   * @throws SfError `FlagEmptyError` (exit code 2), or as oclif does
   */
  protected override parse<F extends Values, B extends Values, A extends Values>(
    options?: Input<F, B, A>,
    argv: string[] = this.argv,
  ): Promise<ParserOutput<F, B, A>> {
    const flag = flagWithoutValue(argv);
    if (flag !== undefined) throw shared.createError("flagEmpty", [flag], [], 2);
    return super.parse(options, argv);
  }

  /**
   * Everything for people goes through here: texts of specs and orgs command neither a terminal nor a pipeline, and what
   * an org or a tool said may repeat a session Id or a secret.
   */
  override log(message = ""): void {
    super.log(this.fitted(terminalText(this.shown(message)), process.stdout));
  }

  override logToStderr(message = ""): void {
    super.logToStderr(this.fitted(terminalText(this.shown(message)), process.stderr));
  }

  /** A text as it fits a stream: files and pipes get it as it is. */
  private fitted(text: string, { isTTY, columns }: NodeJS.WriteStream): string {
    return this.wrap === undefined || !isTTY || !(columns > 0) ? text : this.wrap(text, columns);
  }

  override logJson(json: unknown): void {
    ux.stdout(visibleJson(ux.colorizeJson(json, { pretty: true, theme: this.config.theme?.json })));
  }

  /** A report on standard output. The formats for machines have their own way to hold any text. */
  protected logReport(text: string, format: string): void {
    if (format === "human") this.log(text);
    else super.log(this.shown(["json", "sarif", "gitlab"].includes(format) ? visibleJson(text) : text));
  }

  /** A text or a result as it may be shown. */
  protected shown<Value>(value: Value): Value {
    return (this.ctor as typeof CpqCommand).printsSecrets ? value : redactedIn(value);
  }

  /** The plugin's version: inside the Salesforce CLI, the configuration's own is that of the CLI. */
  protected get version(): string {
    return this.ctor.plugin?.version ?? this.config.version;
  }

  /** A warning on standard error, and in the JSON result. */
  override warn(input: string | Error): string | Error {
    const text = redacted(input instanceof Error ? input.message : input);
    this.warnings.push(text);
    if (!this.jsonEnabled()) this.logToStderr(`${ansis.yellow(shared.getMessage("warning"))} ${text}`);
    return input;
  }

  /**
   * The files that `--spec` of several specs names. That other files of their folders were left out is said beside the
   * result, and is no warning: most folders of a project hold some.
   *
   * @throws SfError as `findSpecs`
   */
  protected async specFilesOf(patterns: readonly string[]): Promise<string[]> {
    const { findSpecs, leftOutText } = await import("../project/specFiles.ts");
    const { files, leftOut } = findSpecs(patterns);
    const text = leftOutText(leftOut);
    if (text !== undefined) {
      this.warnings.push(text);
      if (!this.jsonEnabled()) this.logToStderr(text);
    }
    return files;
  }

  /**
   * Ends the command. The host may have another version of oclif than ours, which would print an exit that it does not
   * know.
   */
  override exit(code = 0): never {
    throw Object.assign(new ExitError(code), { skipOclifErrorHandling: true });
  }

  protected override async catch(thrown: CLIError & { exitCode?: number }): Promise<void> {
    const error = fileFailure(thrown) as typeof thrown;
    // Some of the errors that oclif's parser throws would get the default exit code.
    const wrongUsage = error.oclif?.exit === 2 || "parse" in error;
    if (wrongUsage) error.oclif = { ...error.oclif, exit: 2 };
    const exitCode = wrongUsage ? 2 : SfError.wrap(error).exitCode;
    process.exitCode = exitCode;
    if (this.jsonEnabled()) {
      this.logJson(this.toErrorJson(error));
    } else if (wrongUsage) {
      throw error;
    } else {
      this.logToStderr(redacted(errorText(error, exitCode)));
    }
    await flush();
    // Calls that are still running, with their retries, would keep the process alive.
    this.exit(exitCode);
  }

  /** Nothing goes on when the result is out: what nobody waits for any more would keep the process alive. */
  protected override async finally(error: Error | undefined): Promise<void> {
    endConnections();
    await super.finally(error);
  }

  protected override toSuccessJson(result: unknown): unknown {
    return this.shown({ status: process.exitCode ?? 0, result, warnings: this.warnings });
  }

  protected override toErrorJson(error: unknown): unknown {
    const wrapped = SfError.wrap(error);
    return redactedIn({
      name: wrapped.name,
      message: wrapped.message,
      exitCode: process.exitCode,
      ...(wrapped.actions ? { actions: wrapped.actions } : {}),
      ...(wrapped.data === undefined ? {} : { data: wrapped.data }),
      ...("state" in wrapped ? { state: wrapped.state } : {}),
      // The build puts an underscore before the name of a class that names itself.
      context: this.ctor.name.replace(/^_/, ""),
      status: process.exitCode,
      warnings: this.warnings,
    });
  }
}

/** The first flag of a command line that was given an empty value: `--name ""`, `--name=`, `-n " "`. */
export function flagWithoutValue(argv: readonly string[]): string | undefined {
  const end = argv.indexOf("--");
  const words = end < 0 ? argv : argv.slice(0, end);
  for (const [index, word] of words.entries()) {
    const [, inOne] = /^(--?[\w-]+)=\s*$/.exec(word) ?? [];
    if (inOne !== undefined) return inOne;
    const before = words[index - 1];
    if (word.trim() === "" && before !== undefined && /^--?[A-Za-z][\w-]*$/.test(before)) return before;
  }
  return undefined;
}

function errorText(error: Error, exitCode: number): string {
  const text = ansis.red(shared.getMessage("error", [exitCode, error.message || error.name]));
  const { actions = [] } = SfError.wrap(error);
  if (actions.length === 0) return text;
  return [text, "", shared.getMessage("tryThis"), ...actions.map((action) => `  ${action}`)].join("\n");
}
