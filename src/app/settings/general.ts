import type { SettingDefinitions } from "./definition.ts";

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
