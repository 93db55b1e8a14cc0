import type { SettingPath } from "../app/settings.ts";

/** Each org makes these itself, so no other org could take them. */
export const madeByOrg: readonly SettingPath[] = ["packaging.orgScopedExternalApp", "packaging.oauthLink"];
