import type { MessageKeys } from "./messageKeys.ts";

/** A file of messages/, by its name without `.md`. */
export type Bundle = keyof MessageKeys;

/** A key of one file. */
export type MessageKey<B extends Bundle> = keyof MessageKeys[B] & string;

/**
 * The part of a key between two others: with `failure.` and `.actions`, it is `profile` for `failure.profile.actions`.
 */
export type KeyPart<
  B extends Bundle,
  Before extends string,
  After extends string,
  K extends string = MessageKey<B>,
> = K extends `${Before}${infer Part}${After}` ? Part : never;

/** A text in two forms, `ID.one` and `ID.many`, which both take the number. */
export type CountedKey<B extends Bundle> = KeyPart<B, "", ".one"> & KeyPart<B, "", ".many">;

/** What can fill a `%s`. */
export type MessageValue = string | number | boolean;

interface ValuesByCount {
  0: readonly [];
  1: readonly [MessageValue];
  2: readonly [MessageValue, MessageValue];
  3: readonly [MessageValue, MessageValue, MessageValue];
  4: readonly [MessageValue, MessageValue, MessageValue, MessageValue];
  5: readonly [MessageValue, MessageValue, MessageValue, MessageValue, MessageValue];
  6: readonly [MessageValue, MessageValue, MessageValue, MessageValue, MessageValue, MessageValue];
}

/** The values that the text of a key takes: one for each `%s`. For a union of keys, a union of them. */
export type MessageValues<B extends Bundle, K extends MessageKey<B>> = K extends unknown
  ? ValuesByCount[MessageKeys[B][K] & keyof ValuesByCount]
  : never;

/**
 * A text by its key, with the values that fill it: for code that finds something, and leaves the words to others. A value
 * can be a text of the same file itself.
 */
export type MessageText<B extends Bundle, K extends MessageKey<B> = MessageKey<B>> = {
  [Key in K]: { id: Key; values: OrTexts<B, MessageValues<B, Key>> };
}[K];

type OrTexts<B extends Bundle, Values extends readonly unknown[]> = {
  [Index in keyof Values]: Values[Index] | MessageText<B>;
};
