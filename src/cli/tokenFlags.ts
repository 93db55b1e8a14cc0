import * as Flags from "@oclif/core/flags";
import { maySendSecrets } from "../app/thisMachine.ts";
import { messagesOf } from "../messages.ts";
import type { AppChoice } from "../runs/token/appOfToken.ts";
import { environmentFlag, orgFlags, specFlag } from "./cpqCommand.ts";

const messages = messagesOf("connectedapp.token");

/** `--spec` with its environment, or `--name`: for commands that work with and without a spec. */
export function specOrNameFlags(summaryOfName: string) {
  return {
    spec: Flags.string({ ...specFlag, required: false }),
    environment: environmentFlag,
    name: Flags.string({ char: "n", helpValue: "NAME", exclusive: ["spec"], summary: summaryOfName }),
  };
}

/** The flags that name an app whose tokens are wanted: by its spec, by its name in an org, or by nothing but its key. */
export const appFlags = {
  ...specOrNameFlags(messages.getMessage("flags.name.summary")),
  "target-org": orgFlags["target-org"],
  "instance-url": Flags.string({
    helpValue: "URL",
    exclusive: ["name", "target-org"],
    summary: messages.getMessage("flags.instance-url.summary"),
  }),
  "client-id": Flags.string({ helpValue: "KEY", summary: messages.getMessage("flags.client-id.summary") }),
  "secret-from": Flags.string({
    helpValue: "SOURCE",
    summary: messages.getMessage("flags.secret-from.summary"),
  }),
};

interface AppFlagValues {
  spec?: string | undefined;
  environment?: string | undefined;
  name?: string | undefined;
  "target-org"?: string | undefined;
  "instance-url"?: string | undefined;
  "client-id"?: string | undefined;
  "secret-from"?: string | undefined;
}

/** @throws SfError `NoAppNamedError`, `InvalidInstanceUrlError` */
export function choiceOf(flags: AppFlagValues): AppChoice {
  const { spec, name, "instance-url": url, "client-id": clientId } = flags;
  if (spec === undefined && name === undefined && (url === undefined || clientId === undefined))
    throw messages.createError("noAppNamed", [], [], 2);
  return {
    specFile: spec,
    environment: flags.environment,
    name,
    targetOrg: flags["target-org"],
    instanceUrl: url === undefined ? undefined : originOf(url),
    clientId,
    secretFrom: flags["secret-from"],
  };
}

/** A secret goes there, so it has to be https, except on this machine. */
function originOf(text: string): string {
  const url = URL.parse(text);
  if (url === null || !maySendSecrets(url)) throw messages.createError("invalidInstanceUrl", [text], [], 2);
  return url.origin;
}
