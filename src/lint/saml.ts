import { rareSettings } from "./rareSettings.ts";
import { hitIf, type LintRules } from "./rule.ts";
import { isReadableOnTheWay } from "./webAddresses.ts";

export const samlRules: LintRules = {
  "saml-sha1": {
    level: "warning",
    find: (app) => {
      const path = "saml.signingAlgorithm";
      return hitIf(/^sha-?1$/i.test(String(rareSettings(app)[path])), path);
    },
  },
  "saml-acs-http": {
    level: "error",
    find: (app) => {
      const path = "saml.acsUrl";
      return hitIf(isReadableOnTheWay(String(rareSettings(app)[path])), path);
    },
  },
};
