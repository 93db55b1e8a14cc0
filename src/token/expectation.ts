import type { KindName } from "../app/desiredApp.ts";

/** What a token must say, and the names for messages if it does not. */
export interface Expectation {
  myDomainUrl: string;
  kind: KindName;
  appLabel: string;
  consumerKey: string;
  /** Username; undefined if the spec names no Run As user. */
  runAs: string | undefined;
  /** Id of the Run As user; undefined if it could not be found out. */
  runAsUserId: string | undefined;
  /** Username of whom the token speaks for, as the org says; undefined if it was not asked. */
  tokenUsername?: string | undefined;
  /** The app's scopes in the spec's words, including those that no token of this flow carries; undefined if nothing says. */
  scopes: readonly string[] | undefined;
  customScopes: readonly string[];
  /** Minutes; undefined if the spec does not say. */
  timeoutMinutes: number | undefined;
  /** Whether only Setup can set the timeout. */
  timeoutIsSetupOnly: boolean;
}
