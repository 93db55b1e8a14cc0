import type { KindName } from "../kindName.ts";
import type { Severity } from "../severity.ts";
import type { Words } from "../words.ts";

/** A map of texts, such as `{range: 10.0.0.0/8, description: Office}`. */
export type SettingRecord = Readonly<Record<string, string>>;

/** The value of each type of setting. A set has no order, and holds each text once. Records have no order either. */
export interface ValueTypes {
  text: string;
  switch: boolean;
  number: number;
  set: readonly string[];
  records: readonly SettingRecord[];
}

/** A value of any setting. */
export type SettingValue = ValueTypes[keyof ValueTypes];

/** Everything known about a setting, whatever app and environment it belongs to. */
export interface SettingDefinition extends Flags {
  type: keyof ValueTypes;
  /** How much it matters if the setting does not match the spec. */
  severity: Severity;
  /** What Salesforce assumes if nothing is set. */
  default?: SettingValue;
  /** The same for the kinds of app that have a default of their own. */
  defaultOf?: Partial<Record<KindName, SettingValue>>;
  /** The value that newer orgs keep in an app of this kind, although a deploy of another one succeeds. */
  keptByOrg?: Partial<Record<KindName, SettingValue>>;
  /** The known words. Salesforce may add others, so they help but do not limit. */
  words?: Words;
}

/** What applies to some values of a spec and not to others. */
export interface Flags {
  /** It leads people or tokens to a web address. */
  webAddress?: true;
  /** A certificate in PEM or base64: its content counts, not its form. */
  certificate?: true;
  /** A file in base64: line breaks have no meaning. */
  base64?: true;
  /** It may hold a time such as `30d`. The same time in another unit is equal. */
  lifetime?: true;
  ignoreCase?: true;
  /** A username: a sandbox appends its suffix to it. */
  username?: true;
  /** It belongs to one environment: it says who calls, where people are sent or whose certificate it is. */
  ownToEnvironment?: true;
  /** Each org makes its own, so no other org could use it. */
  madeByOrg?: true;
  /** It gives access to whoever reads it. */
  secret?: true;
  /** A set that a spec may write as a single text, if it has only one. */
  oneOrSeveral?: true;
  /** A switch that is on if the spec has its block. To Salesforce it is off if nothing is set. */
  onWithBlock?: true;
}

/** The name of a flag, to find all settings that have it. */
export type Flag = keyof Flags;

/** A part of the table: settings by their path in the spec. */
export type SettingDefinitions = Readonly<Record<string, SettingDefinition>>;
