import type { SettingDefinitions } from "./definition.ts";

// Nobody knows yet what it does, so it might let anybody in.
const unknown = { type: "text", severity: "security" } as const;

/** Elements for which there is no setting, as XML, by metadata type. */
export const otherMetadata = {
  "otherMetadata.ConnectedApp": unknown,
  "otherMetadata.ExternalClientApplication": unknown,
  "otherMetadata.ExtlClntAppGlobalOauthSettings": unknown,
  "otherMetadata.ExtlClntAppOauthSettings": unknown,
  "otherMetadata.ExtlClntAppOauthConfigurablePolicies": unknown,
  "otherMetadata.ExtlClntAppConfigurablePolicies": unknown,
} as const satisfies SettingDefinitions;
