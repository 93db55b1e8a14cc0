import type { WhichApp } from "../runs/credentials/credentials.ts";
import { allowCommandsFlag, environmentFlag, orgFlags, specFlag } from "./cpqCommand.ts";

/** The flags that say whose credentials are meant. */
export const credentialFlags = {
  spec: specFlag,
  environment: environmentFlag,
  "target-org": orgFlags["target-org"],
  "allow-commands": allowCommandsFlag,
};

interface CredentialFlagValues {
  spec?: string | undefined;
  environment?: string | undefined;
  "target-org"?: string | undefined;
  "allow-commands": boolean;
}

/** Whose credentials the flags mean, and whether the spec's commands may run. */
export function whichApp(flags: CredentialFlagValues): WhichApp {
  return {
    specFile: flags.spec ?? "",
    environment: flags.environment,
    targetOrg: flags["target-org"],
    allowed: { commands: flags["allow-commands"], secretHere: false },
  };
}
