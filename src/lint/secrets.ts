import { secretReference } from "../app/secretReference.ts";
import { hitIf, type LintRules } from "./rule.ts";

/** Texts that look like secrets: a private key, a session Id or opaque access token, a JWT. */
const secretForms = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----/,
  /\b00D[A-Za-z0-9]{9,15}![A-Za-z0-9._]{40,}/,
  /\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}/,
];

/** A command that only prints what is in the spec is not a reference. */
const printsLiteral = /^\$\{command:\s*(echo|printf|Write-Output|Write-Host)\s(?!.*([$`]|%\w+%)).*\}$/i;

export const secretRules = {
  "consumer-key-plain": {
    level: "note",
    find: ({ consumerKey }) => hitIf(consumerKey !== undefined, "consumer.key"),
  },
  "consumer-secret-plain": {
    level: "error",
    find: ({ consumerSecret: secret = "" }) => {
      const isReference = secretReference.test(secret);
      return hitIf(secret !== "" && (!isReference || printsLiteral.test(secret)), "consumer.secret");
    },
  },
  "secret-in-text": {
    level: "error",
    find: ({ settings }) =>
      Object.entries(settings).flatMap(([path, value]) => {
        // Otherwise escaped line breaks would join the words beside them.
        const content = JSON.stringify(value).replace(/\\[nrt]/g, " ");
        return hitIf(
          secretForms.some((form) => form.test(content)),
          path,
          path,
        );
      }),
  },
} satisfies LintRules;
