import type { KindName } from "../../app/kindName.ts";
import type { Settings } from "../../app/settings.ts";
import type { MetadataFile } from "../../metadata/kind.ts";

/** An app to be imported, as it was found. */
export interface FoundApp {
  kind: KindName;
  name: string;
  files: readonly MetadataFile[];
  /** Where it comes from, for people. */
  origin: string;
  /** What only Setup holds; undefined if it could not be asked for. */
  setup: Settings | undefined;
  /** Where its files hold the consumer secret in plain text, as `file:line:column`. */
  secretPlaces: readonly string[];
  /** Components of it that no setting stands for: the file, or the component's name. */
  further: readonly { path: string; type: string }[];
}

/** What could not be imported: a file, or an app of an org. */
export interface ImportFailure {
  /** File with line and column, or the org. */
  place: string;
  message: string;
}

/** The apps that were found, and why others are not among them. */
export interface FoundApps {
  apps: FoundApp[];
  failures: ImportFailure[];
  /** What was passed over on purpose, a sentence each. */
  skipped: string[];
}
