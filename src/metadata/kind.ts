import type { KindName } from "../app/kindName.ts";
import type { SettingPath, SettingValue } from "../app/settings.ts";
import type { KeyPart } from "../messageText.ts";
import type { Codec } from "./codecs.ts";
import type { RecordCodec } from "./recordCodecs.ts";
import type { XmlElement } from "./xmlElement.ts";

/** One metadata component that is part of an app. */
export interface ComponentType {
  /** Metadata type, such as `ConnectedApp`; `part.TYPE` in messages/externalClientApp.md is what people call it. */
  type: KeyPart<"externalClientApp", "part.", "">;
  /** Folder in a package directory. */
  folder: string;
  suffix: string;
  /** Some orgs take it only after the others were deployed. */
  afterOthers?: true;
  /** A package leaves it to each org that installs the app, which names it without the package's namespace. */
  ofSubscriber?: true;
  /** An app without OAuth has none of it. */
  onlyForOAuth?: true;
  /**
   * The element that names the app. Where there is one, the component's own name is free, and nothing but this element
   * says whose it is; without it, the component is named as the app.
   */
  appElement?: string;
  /** The fullName of a new component, as the org itself would name it. */
  newName(appName: string, names: ComponentNames): string;
}

/** The fullNames of an app's components by their types, as far as they are known. */
export type ComponentNames = ReadonlyMap<string, string>;

interface AnyField {
  setting: SettingPath;
  /** Metadata type of the component that holds it. */
  component: string;
  /** Names of the elements from the root down; several paths where one setting takes several elements, a text for each. */
  elements: readonly (readonly string[])[];
  /** Salesforce requires the element wherever its parent is: this is written if neither the spec nor the org says it. */
  required?: SettingValue;
  /** Written into a new component if the spec does not say it. */
  initial?: SettingValue;
  /** A deploy adds to this list, and may not repeat what is on it. */
  onlyAdds?: true;
  /** If the element is not there, the default of the setting is as good as said. */
  saysDefault?: true;
}

/** A setting that is in the texts of elements. */
export interface TextField extends AnyField {
  codec: Codec;
}

/** A setting whose records are repeated elements, each with elements of its own. */
export interface RecordsField extends AnyField {
  recordCodec: RecordCodec;
}

/** A switch for elements as a whole: they are there, or not. */
export interface PresenceField extends AnyField {
  isPresence: true;
}

/** Where a setting lives in the metadata. */
export type Field = TextField | RecordsField | PresenceField;

/** A kind of app: the components it is made of, and where its settings live in them. */
export interface Kind {
  name: KindName;
  /** Older versions of the API lack some of its settings, and would lose them. */
  minimumApiVersion?: number;
  components: readonly ComponentType[];
  fields: readonly Field[];
  /** Elements that are no setting by intent: component and path, and why. They are read by nobody and never written. */
  neverSettings: readonly { component: string; element: string; why: string }[];
  /** Settings that exist in the org, but in no metadata: someone has to set them in Setup. */
  setupOnly: readonly SettingPath[];
  /** Where the consumer key and secret are, and who makes them: this tool at creation, or the org, to be read back. */
  consumer: { component: string; key: string; secret: string; madeBy: "tool" | "org" };
}

/** One component of an app, as files hold it. */
export interface MetadataFile {
  component: ComponentType;
  fullName: string;
  content: XmlElement;
}
