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
  /** Some orgs accept it only after the others were deployed. */
  afterOthers?: true;
  /** A package leaves it to each org that installs the app. The org names it without the package's namespace. */
  ofSubscriber?: true;
  /** An app without OAuth has none of it. */
  onlyForOAuth?: true;
  /** A call that answers at once gives all of it. Of other types, it may give more or less than a retrieve. */
  readAtOnce?: true;
  /**
   * The element that names the app. If there is one, the component's own name can be anything, and only this element
   * says to which app it belongs. Without it, the component has the name of the app.
   */
  appElement?: string;
  /** The fullName that the org itself would give to a new component. */
  newName(appName: string, names: ComponentNames): string;
}

/** The fullNames of an app's components by their types, as far as they are known. */
export type ComponentNames = ReadonlyMap<string, string>;

interface AnyField {
  setting: SettingPath;
  /** Metadata type of the component that holds the setting. */
  component: string;
  /**
   * Names of the elements from the root down. There are several paths if a setting has several elements, one for each
   * text.
   */
  elements: readonly (readonly string[])[];
  /**
   * Salesforce requires the element if its parent is there. This value is written if neither the spec nor the org gives
   * one.
   */
  required?: SettingValue;
  /** Written into a new component if the spec does not say it. */
  initial?: SettingValue;
  /** A deploy adds to this list, and must not repeat what is in it. */
  onlyAdds?: true;
  /** If the element is missing, the default of the setting counts as given. */
  saysDefault?: true;
}

/** A setting whose value is in the texts of elements. */
export interface TextField extends AnyField {
  codec: Codec;
}

/** A setting whose records are repeated elements, each with elements of its own. */
export interface RecordsField extends AnyField {
  recordCodec: RecordCodec;
}

/** A switch that says whether the elements are there at all. */
export interface PresenceField extends AnyField {
  isPresence: true;
}

/** The place of a setting in the metadata. */
export type Field = TextField | RecordsField | PresenceField;

/** A kind of app: its components, and the places of its settings in them. */
export interface Kind {
  name: KindName;
  /** Older versions of the API lack some of its settings, and would lose them. */
  minimumApiVersion?: number;
  components: readonly ComponentType[];
  /** What may belong to an app besides, and that no setting stands for. It is told of, and neither deployed nor deleted. */
  further: readonly ComponentType[];
  fields: readonly Field[];
  /** Elements that are intentionally not settings: component and path, and why. They are neither read nor written. */
  neverSettings: readonly { component: string; element: string; why: string }[];
  /** Settings that exist in the org but not in the metadata. Someone must set them in Setup. */
  setupOnly: readonly SettingPath[];
  /**
   * Where the consumer key and secret are, and who makes them: this plugin at creation, or the org, from which they are
   * then read.
   */
  consumer: { component: string; key: string; secret: string; madeBy: "tool" | "org" };
}

/** One component of an app, as files hold it. */
export interface MetadataFile {
  component: ComponentType;
  fullName: string;
  content: XmlElement;
}
