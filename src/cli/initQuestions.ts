import { messagesOf } from "../messages.ts";
import type { InitChoices } from "../runs/init/init.ts";
import { fileOf, labelOf, problemOfAnswer, type SpecAnswers, templates } from "../runs/init/init.ts";
import { pipelineSystems } from "../runs/init/initPipeline.ts";

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
  try {
    const template = given.template ?? (given.ci ? "pipeline" : await chooseTemplate());
    if (template === "pipeline") return { template, ci: given.ci ?? (await chooseSystem()) };
    const kind = given.kind ?? (await chooseKind());
    const name = given.name ?? (await ask("name", "CPQ_Admin_API"));
    const label = given.label ?? (await ask("label", labelOf(name)));
    const contactEmail = given.contactEmail ?? (await ask("contactEmail"));
    const runAs = given.runAs ?? (await ask("runAs"));
    const output =
      given.output ??
      (await input({ message: messages.getMessage("ask.output"), default: fileOf(name) }, terminal));
    return { template, kind, name, label, contactEmail, runAs, output };
  } catch (error) {
    if ((error as Error).name !== "ExitPromptError") throw error;
    throw messages.createError("stopped", [], [], 130);
  }
}
