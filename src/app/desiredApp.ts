import type { KindName } from "./kindName.ts";
import type { Settings } from "./settings.ts";

export type { KindName } from "./kindName.ts";

/**
 * Whether an app issues tokens at all. An app only for single sign-on has no consumer. An app without OAuth can still
 * have trusted IP ranges in its metadata.
 */
export function usesOAuth({ settings }: Pick<DesiredApp, "settings">): boolean {
  return Object.keys(settings).some((path) => path.startsWith("oauth.") && path !== "oauth.trustedIpRanges");
}

/** An app as a spec wants it, resolved: its settings hold no reference any more. */
export interface DesiredApp {
  kind: KindName;
  /** API name (the metadata fullName). */
  name: string;
  settings: Settings;
  /** Known only if the spec itself gives the key in plain text. */
  consumerKey?: string;
}

/** Whether an app that is there has OAuth, and so tokens: Salesforce takes none without a callback URL. */
export function hasTokens({ settings }: Pick<DesiredApp, "settings">): boolean {
  return settings["oauth.callbackUrl"] !== undefined;
}
