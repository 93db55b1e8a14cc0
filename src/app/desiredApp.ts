import type { Settings } from "./settings.ts";

/** The kinds of OAuth app that a spec can describe. */
export type KindName = "ConnectedApp" | "ExternalClientApp";

/** Whether an app issues tokens at all: one for single sign-on alone has no consumer. */
export function usesOAuth({ settings }: Pick<DesiredApp, "settings">): boolean {
  return Object.keys(settings).some((path) => path.startsWith("oauth."));
}

/** An app as a spec wants it, resolved: no reference is left in its settings. */
export interface DesiredApp {
  kind: KindName;
  /** API name (the metadata fullName). */
  name: string;
  settings: Settings;
  /** Known only where the spec itself gives the key in plain text. */
  consumerKey?: string;
}
