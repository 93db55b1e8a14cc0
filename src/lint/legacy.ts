import { hitIf, type LintRules } from "./rule.ts";

const parent = "oauth.assetToken";

export const legacyRules = {
  "legacy-asset-token": {
    level: "warning",
    find: ({ settings }) =>
      hitIf(
        Object.keys(settings).some((path) => path.startsWith(`${parent}.`)),
        parent,
      ),
  },
} satisfies LintRules;
