import { rareSettings } from "./rareSettings.ts";
import { hitIf, type LintRules } from "./rule.ts";

const parent = "oauth.assetToken";

export const legacyRules: LintRules = {
  "legacy-asset-token": {
    level: "warning",
    find: (app) =>
      hitIf(
        Object.entries(rareSettings(app)).some(
          ([path, value]) => path.startsWith(`${parent}.`) && value !== undefined,
        ),
        parent,
      ),
  },
};
