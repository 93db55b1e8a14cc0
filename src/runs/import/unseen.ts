import { namespaceOf } from "../../app/apiName.ts";
import type { Settings } from "../../app/settings.ts";
import { messagesOf } from "../../messages.ts";
import type { ComponentType } from "../../metadata/kind.ts";
import { comparedComponents } from "../../metadata/packagedApp.ts";
import { unknownSettings, unseenParts } from "../../metadata/unseenParts.ts";
import type { FoundApp } from "./foundApps.ts";

const enabled = "oauth.clientCredentials.enabled";
const byPolicy = "policy.clientCredentials";

/**
 * What a spec of an external client app says about the client credentials flow, for which two parts have a switch. In a
 * spec, the flow is on if there is a Run As user, and the policies follow the app, so what is off must be said. Nothing
 * is said about a part that was not seen.
 */
export function withFlow(found: FoundApp, settings: Settings): Settings {
  if (found.kind !== "ExternalClientApp") return settings;
  // The other switch is in the package.
  if (namespaceOf(found.name) !== undefined)
    return settings[byPolicy] === undefined ? settings : { [enabled]: settings[byPolicy], ...settings };
  const withApp: Settings = isTakenForOn(found, settings) ? { ...settings, [enabled]: true } : settings;
  if (withApp[enabled] !== true) return withApp;
  return { [byPolicy]: unknownSettings(found).includes(byPolicy), ...withApp };
}

/** Whether the switch of the app was not seen, and there is a Run As user; that of a package is not for its org to see. */
function isTakenForOn(found: FoundApp, settings: Settings): boolean {
  const isOwn = namespaceOf(found.name) === undefined;
  const hasRunAs = settings["oauth.clientCredentials.runAs"] !== undefined;
  return isOwn && hasRunAs && unknownSettings(found).includes(enabled);
}

/** What is not known about an app because parts of it were not seen: one sentence each. */
export function unseenNotes(found: FoundApp, settings: Settings): string[] {
  const texts = messagesOf("externalClientApp");
  const parts = missingParts(found, settings).map(
    ({ component: { type, suffix } }) => `${texts.getMessage(`part.${type}`)} (${type}, .${suffix})`,
  );
  const messages = messagesOf("connectedapp.import");
  return [
    ...(parts.length > 0 ? [messages.getMessage("note.unseen", [parts.join(", ")])] : []),
    ...(isTakenForOn(found, settings) ? [messages.getMessage("note.flowTaken")] : []),
  ];
}

/** An app whose OAuth is off needs no parts for OAuth. */
function missingParts(found: FoundApp, settings: Settings) {
  const compared = comparedComponents(found);
  const missing = unseenParts(found).filter(({ component }) => compared.includes(component));
  const hasOAuth = settings["plugins.oauth"] !== false || found.files.some(isForOAuth);
  return missing.filter((part) => hasOAuth || !isForOAuth(part));
}

function isForOAuth({ component }: { component: ComponentType }): boolean {
  return component.onlyForOAuth === true;
}
