import { isatty } from "node:tty";
import { messagesOf } from "../messages.ts";
import { isForStranger, isLasting } from "./surroundings.ts";

/** What the user allowed a run by flags. */
export interface Permissions {
  /** Commands and programs of the spec may run for a stranger's pull request. */
  commands: boolean;
  /** A secret may be kept where it may not last. */
  secretHere: boolean;
}

/** Nothing but what is always allowed. */
export const noPermissions: Permissions = { commands: false, secretHere: false };

/**
 * @param what of the spec is to be run
 * @throws SfError `CommandsNotAllowedError` in the pull request of a stranger, unless the user allowed it
 */
export function requireCommandsAllowed(what: string, allowed: Permissions): void {
  if (!allowed.commands && isForStranger(process.env))
    throw messagesOf("store").createError("commandsNotAllowed", [what]);
}

/** Whether a new secret of an org may be kept in the home of this user, whose CLI's folders are given. */
export function mayKeepSecretHere(
  folders: readonly string[],
  instanceUrl: string,
  allowed: Permissions,
): boolean {
  const hasTerminal = isatty(0) || isatty(1) || isatty(2);
  const { hostname: host } = new URL(instanceUrl);
  const surroundings = { variables: process.env, hasTerminal, folders, host, now: Date.now() };
  return allowed.secretHere || isLasting(surroundings);
}
