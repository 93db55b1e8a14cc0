import { hitIf, type LintRules } from "./rule.ts";
import { isReadableOnTheWay } from "./webAddresses.ts";

export const samlRules: LintRules = {
  "saml-sha1": {
    level: "warning",
    find: ({ settings }) => {
      const path = "saml.signingAlgorithm";
      return hitIf(settings[path] === "SHA1", path);
    },
  },
  "saml-acs-http": {
    level: "error",
    find: ({ settings }) => {
      const path = "saml.acsUrl";
      return hitIf(isReadableOnTheWay(settings[path] ?? ""), path);
    },
  },
};
