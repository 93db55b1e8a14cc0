import type { KindName } from "../kindName.ts";
import type { Severity } from "../severity.ts";
import type { Words } from "../words.ts";

/** A map of texts, such as `{range: 10.0.0.0/8, description: Office}`. */
export type SettingRecord = Readonly<Record<string, string>>;

/** The value of each type of setting. A set has no order and holds each text once; records have no order either. */
export interface ValueTypes {
  text: string;
  switch: boolean;
  number: number;
  set: readonly string[];
  records: readonly SettingRecord[];
}

/** A value of any setting. */
export type SettingValue = ValueTypes[keyof ValueTypes];

/** All that is known of a setting, whichever app and environment it is of. */
export interface SettingDefinition extends Flags {
  type: keyof ValueTypes;
  /** How much it matters when it is not as the spec says. */
  severity: Severity;
  /** What Salesforce takes when nothing is set. */
  default?: SettingValue;
  /** The same for the kinds of app that have a default of their own. */
  defaultOf?: Partial<Record<KindName, SettingValue>>;
  /** The value that newer orgs keep in such a kind of app, though a deploy of another one succeeds. */
  keptByOrg?: Partial<Record<KindName, SettingValue>>;
  /** The words that are known for it. Salesforce may add others, so they are a help and no limit. */
  words?: Words;
}

/** What holds for some values of a spec and not for others. */
export interface Flags {
  /** It leads people or tokens to an address of the web. */
  webAddress?: true;
  /** A certificate in PEM or base64: its content counts, not its form. */
  certificate?: true;
  /** A file in base64: line breaks have no meaning. */
  base64?: true;
  /** It may hold a time such as `30d`, and the same time in another unit is the same. */
  lifetime?: true;
  ignoreCase?: true;
  /** A username: a sandbox appends its suffix to it. */
  username?: true;
  /** It belongs to one environment: who calls, where people are sent, whose certificate it is. */
  ownToEnvironment?: true;
  /** Each org makes its own, so no other org could take it. */
  madeByOrg?: true;
  /** It opens something to whoever reads it. */
  secret?: true;
  /** A set that a spec may write as its only text. */
  oneOrSeveral?: true;
  /** A switch that is on when the spec has its block, and off to Salesforce when nothing is set. */
  onWithBlock?: true;
}

/** The name of a flag, to ask for all that have it. */
export type Flag = keyof Flags;

/** A part of the table: settings by their path in the spec. */
export type SettingDefinitions = Readonly<Record<string, SettingDefinition>>;
