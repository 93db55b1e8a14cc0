import type { LintedApp } from "./rule.ts";

/**
 * Whether a person can authorize the app in a browser or on a device. The web server flow of an app cannot be turned
 * off. A callback URL that is a page of Salesforce itself makes it useless.
 */
export function hasUserFlow({ settings }: LintedApp): boolean {
  return (
    (settings["oauth.callbackUrl"] ?? []).some((url) => !isPlaceholder(url)) ||
    settings["oauth.webServerFlow.secretOptional"] === true ||
    settings["oauth.codeCredentials.enabled"] === true ||
    settings["oauth.deviceFlow"] === true
  );
}

/** Whether refresh tokens can be issued: only flows with a user issue them, and only to apps with this scope. */
export function hasRefreshTokens(app: LintedApp): boolean {
  return (app.settings["oauth.scopes"] ?? []).includes("refresh_token");
}

/** A URL that hands the code to nobody: it shows a page of Salesforce, or leads nowhere, as `https://` does. */
function isPlaceholder(url: string): boolean {
  if (!URL.canParse(url)) return /^https?:\/*$/i.test(url);
  const { protocol, hostname, pathname } = new URL(url);
  const isSalesforce = hostname === "salesforce.com" || hostname.endsWith(".salesforce.com");
  return (
    protocol === "https:" && isSalesforce && /^\/services\/oauth2\/(success|callback)\/?$/.test(pathname)
  );
}
