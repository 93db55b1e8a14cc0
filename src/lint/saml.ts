import { hitIf, type LintRules } from "./rule.ts";
import { isReadableOnTheWay } from "./webAddresses.ts";

export const samlRules = {
  "saml-sha1": {
    level: "warning",
    find: ({ settings }) => {
      const path = "saml.signingAlgorithm";
      return hitIf(settings[path] === "SHA1", path);
    },
  },
  "saml-triple-des": {
    level: "warning",
    find: ({ settings }) => {
      const path = "saml.encryptionType";
      return hitIf(settings[path] === "Triple_Des", path);
    },
  },
  "saml-acs-http": {
    level: "error",
    find: ({ settings }) => {
      const path = "saml.acsUrl";
      return hitIf(isReadableOnTheWay(settings[path] ?? ""), path);
    },
  },
} satisfies LintRules;
