import { readFileSync } from "node:fs";
import { shellWord } from "./app/shellWord.ts";
import { fillText, type MessageFile, readMessageFile } from "./messageFile.ts";
import type {
  Bundle,
  CountedKey,
  MessageKey,
  MessageText,
  MessageValue,
  MessageValues,
} from "./messageText.ts";
import { packageFile } from "./packageFile.ts";
import { SfError } from "./sfError.ts";

const files = new Map<string, MessageFile>();

/** What the compiler says in the end when a key or its values are wrong. */
type Hint =
  "Take a key of this file of messages/, and one value for each %s in its text. After a change there, run: npm run messages";

/** What fits each of several types. */
type Common<Types> = (Types extends unknown ? (type: Types) => void : never) extends (type: infer All) => void
  ? All
  : never;

type AtLeast<Values> = Values extends readonly [...infer Items]
  ? readonly [...Items, ...MessageValue[]]
  : never;

/** The values of a key. If it can be one of several keys, as many as the longest of their texts takes. */
type ValuesOf<B extends Bundle, K extends MessageKey<B>> = [Common<MessageValues<B, K>>] extends [never]
  ? Common<AtLeast<MessageValues<B, K>>>
  : Common<MessageValues<B, K>>;

/** The values of what to do about an error, if there is a `KEY.actions`. */
type ActionValuesOf<B extends Bundle, K extends MessageKey<B>> =
  `${K}.actions` extends MessageKey<B> ? ValuesOf<B, `${K}.actions`> : readonly [];

type MessageArguments<Values> = Values extends readonly [] ? [values?: Values] : [values: Values];

type ErrorArguments<Values, ActionValues> = ActionValues extends readonly []
  ? [
      ...MessageArguments<Values>,
      actionValues?: ActionValues,
      exitCodeOrCause?: number | Error,
      cause?: Error,
    ]
  : [values: Values, actionValues: ActionValues, exitCodeOrCause?: number | Error, cause?: Error];

/** The texts of one file, as the library offers them. */
export interface BundleMessages<B extends Bundle> {
  getMessage<K extends MessageKey<B>>(key: K, ...values: MessageArguments<ValuesOf<B, K>>): string;
  getMessage(key: Hint): never;
  /** The items of a list. */
  getMessages<K extends MessageKey<B>>(key: K, ...values: MessageArguments<ValuesOf<B, K>>): string[];
  getMessages(key: Hint): never;
  /** The error that is named after its key, with the items of `KEY.actions` as what to do next. */
  createError<K extends MessageKey<B>>(
    key: K,
    ...values: ErrorArguments<ValuesOf<B, K>, ActionValuesOf<B, K>>
  ): SfError;
  createError(key: Hint): never;
  /** The text for one or for many, with the number in it. */
  getCount(id: CountedKey<B>, count: number): string;
  /** A text that was returned without being put into words. */
  getText(text: MessageText<B>): string;
  /** The same for the items of a list. */
  getTexts(text: MessageText<B>): string[];
}

/** The texts of one file of messages/, by its name without `.md`. The file is read when the first text is needed. */
export function messagesOf<B extends Bundle>(bundle: B): BundleMessages<B> {
  type Values = readonly MessageValue[];
  type Text = { id: string; values: readonly (MessageValue | Text)[] };
  const filled = ({ id, values }: Text): [string, Values] => [
    id,
    values.map((value) => (typeof value === "object" ? texts.getText(value) : value)),
  ];
  const itemsOf = (key: string, values: Values = []): string[] => {
    const text = fileOf(bundle).get(key);
    if (text === undefined) throw new Error(`Missing message ${bundle}:${key}.`);
    return fillText(text, asShellWords([text].flat().join("\n"), values));
  };
  const texts = {
    getMessage: (key: string, values?: Values) => itemsOf(key, values).join("\n"),
    getMessages: itemsOf,
    createError: (
      key: string,
      values?: Values,
      actionValues?: Values,
      exitCodeOrCause?: number | Error,
      cause?: Error,
    ) =>
      SfError.create({
        name: errorName(key),
        message: texts.getMessage(key, values),
        actions: fileOf(bundle).has(`${key}.actions`) ? itemsOf(`${key}.actions`, actionValues) : undefined,
        exitCode: typeof exitCodeOrCause === "number" ? exitCodeOrCause : undefined,
        cause: typeof exitCodeOrCause === "number" ? cause : (exitCodeOrCause ?? cause),
      }),
    getCount: (id: string, count: number) =>
      texts.getMessage(`${id}.${count === 1 ? "one" : "many"}`, [count]),
    getText: (text: Text): string => texts.getMessage(...filled(text)),
    getTexts: (text: Text) => itemsOf(...filled(text)),
  };
  // This code knows no keys. The build read them from the same files, so the types are right.
  return texts as unknown as BundleMessages<B>;
}

function fileOf(bundle: string): MessageFile {
  const known = files.get(bundle);
  if (known !== undefined) return known;
  const path = packageFile(`messages/${bundle}.md`);
  const file = readMessageFile(readFileSync(path, "utf8"), path);
  files.set(bundle, file);
  return file;
}

/** `notFound` is the key of a `NotFoundError`. */
function errorName(key: string): string {
  const name = `${key.charAt(0).toUpperCase()}${key.slice(1)}`;
  return name.endsWith("Error") ? name : `${name}Error`;
}

/**
 * Quotes the values after a flag of a command, so that people can paste it into a shell. The others stay as they are.
 */
function asShellWords<Value extends MessageValue>(
  template: string,
  values: readonly Value[],
): (Value | string)[] {
  const before = template.split("%s");
  return values.map((value, index) =>
    /\bsf [^\n]*--[\w-]+ $/.test(before.slice(0, index + 1).join("%s")) ? shellWord(String(value)) : value,
  );
}
