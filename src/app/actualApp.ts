import type { Settings } from "./settings.ts";

/** An app as an org has it. */
export interface ActualApp {
  settings: Settings;
  consumerKey: string | undefined;
}
