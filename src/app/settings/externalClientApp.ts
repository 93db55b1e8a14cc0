import { metadataWords } from "../metadataWords.ts";
import { wordsOf } from "../words.ts";
import type { SettingDefinitions } from "./definition.ts";

const part = { type: "switch", severity: "function", default: false } as const;

/** Which parts of an external client app are on. */
export const plugins = {
  "plugins.oauth": part,
  "plugins.saml": part,
  "plugins.canvas": part,
  "plugins.mobile": part,
  "plugins.push": part,
  "plugins.notification": part,
  "plugins.attest": part,
} as const satisfies SettingDefinitions;

const madeByOrg = { type: "text", severity: "function", ownToEnvironment: true, madeByOrg: true } as const;

/** How an external client app is packaged, and what its org made for it. */
export const packaging = {
  "packaging.distributionState": {
    type: "text",
    severity: "function",
    default: "Local",
    words: wordsOf(metadataWords.distributionState),
  },
  "packaging.protected": { type: "switch", severity: "function", default: false },
  "packaging.managedType": { type: "text", severity: "function", words: wordsOf(metadataWords.managedType) },
  "packaging.orgScopedExternalApp": madeByOrg,
  "packaging.oauthLink": madeByOrg,
} as const satisfies SettingDefinitions;

const label = { type: "text", severity: "appearance" } as const;

/** Labels of the components that an external client app is made of. */
export const componentLabels = {
  "componentLabels.globalOauth": label,
  "componentLabels.oauth": label,
  "componentLabels.oauthPolicies": label,
  "componentLabels.policies": label,
} as const satisfies SettingDefinitions;
