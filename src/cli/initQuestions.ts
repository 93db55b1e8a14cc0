import { existsSync } from "node:fs";
import { messagesOf } from "../messages.ts";
import { defaultEnvironments, type InitChoices, specOfPipeline, templates } from "../runs/init/init.ts";
import { type PipelineSystem, pipelineSystems, storesOf } from "../runs/init/pipelineSystems.ts";
import {
  fileOf,
  labelOf,
  problemOfAnswer,
  problemOfEnvironment,
  type SpecAnswers,
} from "../runs/init/starterSpec.ts";

/** Where the questions are shown, and where the answers come from. */
export interface Terminal {
  input: NodeJS.ReadableStream;
  output: NodeJS.WritableStream;
}

/**
 * Asks in the terminal for what the flags left open; each answer is checked at once.
 *
 * @throws SfError `StoppedError` on Ctrl+C
 */
export async function askForChoices(given: InitChoices, terminal: Terminal): Promise<InitChoices> {
  const messages = messagesOf("connectedapp.init");
  const [{ default: input }, { default: select }] = await Promise.all([
    import("@inquirer/input"),
    import("@inquirer/select"),
  ]);
  const choose = <const Value extends string>(
    message: string,
    values: readonly Value[],
    name: (value: Value) => string,
  ): Promise<Value> => {
    const choices = values.map((value) => ({ value, name: name(value), short: value }));
    return select<Value>({ message, choices }, terminal);
  };
  const chooseTemplate = () =>
    choose(messages.getMessage("ask.template"), templates, (value) =>
      messages.getMessage(`ask.template.${value}`),
    );
  const chooseSystem = () =>
    choose(messages.getMessage("ask.ci"), pipelineSystems, (value) => messages.getMessage(`ask.ci.${value}`));
  const chooseKind = () =>
    choose(messages.getMessage("ask.kind"), ["ExternalClientApp", "ConnectedApp"], (value) =>
      messages.getMessage(`ask.kind.${value}`),
    );
  const ask = (answer: Exclude<keyof SpecAnswers, "kind">, suggestion?: string): Promise<string> =>
    input(
      {
        message: messages.getMessage(`ask.${answer}`),
        ...(suggestion === undefined ? {} : { default: suggestion }),
        validate: (value) => problemOfAnswer(answer, value) ?? true,
      },
      terminal,
    );
  const askForEnvironments = async (ci: PipelineSystem, kind: SpecAnswers["kind"]) => {
    const names: { from?: string; to?: string } = {};
    for (const which of ["from", "to"] as const)
      names[which] =
        given[which] ??
        (await input(
          {
            message: messages.getMessage(`ask.${which}`),
            default: defaultEnvironments[which],
            validate: (value) => problemOfEnvironment(value) ?? true,
          },
          terminal,
        ));
    const possible = storesOf(ci, kind);
    const store =
      given.store ??
      (await choose(messages.getMessage("ask.store"), possible, (value) =>
        messages.getMessage(`ask.store.${value}`),
      ));
    return { ...names, store };
  };
  try {
    const template = given.template ?? (given.ci ? "pipeline" : await chooseTemplate());
    const ci = template === "pipeline" ? (given.ci ?? (await chooseSystem())) : undefined;
    if (ci !== undefined && existsSync(specOfPipeline(given))) return { ...given, template, ci };
    const kind = given.kind ?? (await chooseKind());
    const name = given.name ?? (await ask("name", "CPQ_Admin_API"));
    const label = given.label ?? (await ask("label", labelOf(name)));
    const contactEmail = given.contactEmail ?? (await ask("contactEmail"));
    const runAs = given.runAs ?? (await ask("runAs"));
    const environments = ci === undefined ? {} : await askForEnvironments(ci, kind);
    const file = ci === undefined ? fileOf(name) : specOfPipeline({ name });
    const output =
      given.output ?? (await input({ message: messages.getMessage("ask.output"), default: file }, terminal));
    const answers = { kind, name, label, contactEmail, runAs, output };
    return { ...given, template, ...(ci === undefined ? {} : { ci }), ...environments, ...answers };
  } catch (error) {
    if ((error as Error).name !== "ExitPromptError") throw error;
    throw messages.createError("stopped", [], [], 130);
  }
}
