import type { KindName } from "../../app/desiredApp.ts";
import type { Settings } from "../../app/settings.ts";
import { messagesOf } from "../../messages.ts";

/** What to do with an app of the legacy asset token flow: leave it, or migrate it, with its asset token or without. */
export type Legacy = "leave" | "migrate" | "migrateAndDrop";

/** What stands for the Run As user until somebody names one. */
export const runAsReference = "${env:CPQ_RUN_AS}";

/** The username that replaces it while the spec is checked. */
export const runAsSample = "run.as@example.com";

/**
 * Whether an app was made for the asset token flow, whose tokens CPQ admin APIs no longer accept: it issues asset
 * tokens, and has no client credentials flow.
 */
export function isLegacyApp(kind: KindName, settings: Settings): boolean {
  const hasAssetToken = settings["oauth.assetToken.enabled"] === true;
  return kind === "ConnectedApp" && hasAssetToken && settings["oauth.clientCredentials.enabled"] !== true;
}

/** The settings of the same app for client credentials and JWTs, and comments, by path, about what changes and why. */
export function migrateLegacy(
  settings: Settings,
  legacy: Exclude<Legacy, "leave">,
): { settings: Settings; above: Record<string, string[]> } {
  const messages = messagesOf("connectedapp.import");
  const scopes = settings["oauth.scopes"] ?? [];
  // Tokens of the client credentials flow do not carry full.
  const needsScope = !scopes.includes("api");
  const kept = Object.entries(settings).filter(
    ([path]) => legacy === "migrate" || !path.startsWith("oauth.assetToken."),
  );
  const comments = {
    "oauth.scopes": needsScope ? messages.getMessages("legacy.scopes") : [],
    "oauth.clientCredentials": messages.getMessages("legacy.clientCredentials"),
    "oauth.clientCredentials.runAs": messages.getMessages("legacy.runAs"),
    "oauth.accessToken": messages.getMessages("legacy.accessToken"),
    "oauth.assetToken": messages.getMessages(legacy === "migrate" ? "legacy.kept" : "legacy.dropped"),
    policy:
      settings["policy.permittedUsers"] === "adminApproved" ? messages.getMessages("legacy.approved") : [],
  };
  return {
    settings: {
      ...Object.fromEntries(kept),
      ...(needsScope ? { "oauth.scopes": [...scopes, "api"] } : {}),
      "oauth.clientCredentials.enabled": true,
      "oauth.clientCredentials.runAs": runAsSample,
      "oauth.accessToken.format": "jwt",
      "oauth.accessToken.timeout": settings["oauth.accessToken.timeout"] ?? "30m",
      ...(legacy === "migrate" ? {} : { "oauth.assetToken.enabled": false }),
    },
    above: Object.fromEntries(Object.entries(comments).filter(([, lines]) => lines.length > 0)),
  };
}
