import type { Flags, SettingDefinitions } from "./definition.ts";

/** What an app says about itself, at the top of the spec. */
export const general = {
  label: { type: "text", severity: "appearance" },
  contactEmail: { type: "text", severity: "appearance", ignoreCase: true },
  contactPhone: { type: "text", severity: "appearance" },
  description: { type: "text", severity: "appearance" },
  iconUrl: { type: "text", severity: "appearance", webAddress: true },
  infoUrl: { type: "text", severity: "appearance", webAddress: true },
  logoUrl: { type: "text", severity: "appearance", webAddress: true },
  startUrl: { type: "text", severity: "function", webAddress: true, ownToEnvironment: true },
  mobileStartUrl: { type: "text", severity: "function", webAddress: true, ownToEnvironment: true },
  attributes: { type: "records", severity: "security", default: [] },
} as const satisfies SettingDefinitions;

/** What a spec says besides the settings of its app, as far as rules for settings apply to it too. */
export const besides: Readonly<Record<string, Flags>> = {
  "consumer.key": { ownToEnvironment: true },
  "consumer.secret": { secret: true },
  "cpq.url": { webAddress: true, ownToEnvironment: true },
};

// Nobody knows yet what it does, so it might let anybody in.
const unknownElements = { type: "text", severity: "security" } as const;

/** Elements for which there is no setting, as XML, by metadata type. */
export const otherMetadata = {
  "otherMetadata.ConnectedApp": unknownElements,
  "otherMetadata.ExternalClientApplication": unknownElements,
  "otherMetadata.ExtlClntAppGlobalOauthSettings": unknownElements,
  "otherMetadata.ExtlClntAppOauthSettings": unknownElements,
  "otherMetadata.ExtlClntAppOauthConfigurablePolicies": unknownElements,
  "otherMetadata.ExtlClntAppConfigurablePolicies": unknownElements,
} as const satisfies SettingDefinitions;
