import type { WhichApp } from "../runs/credentials/credentials.ts";
import { allow } from "../secrets/permissions.ts";
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

/** Whose credentials the flags mean. From here on, the spec's commands may run if the user allowed it. */
export function whichApp(flags: CredentialFlagValues): WhichApp {
  allow({ commands: flags["allow-commands"], secretHere: false });
  return {
    specFile: flags.spec ?? "",
    environment: flags.environment,
    targetOrg: flags["target-org"],
  };
}
