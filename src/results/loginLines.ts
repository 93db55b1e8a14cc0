import { messagesOf } from "../messages.ts";
import type { LoginEntry, LoginLog } from "./check.ts";
import { timeText } from "./times.ts";

const messages = messagesOf("token");

/** What the org logged when it refused a token, a sentence each. */
export function loginLines({ username, since, entries, unreadable }: LoginLog): string[] {
  if (unreadable !== undefined) return [unreadable];
  if (entries.length === 0) return [messages.getMessage("logins.none", [username, timeText(since)])];
  return entries.map((entry) => loginLine(username, entry));
}

function loginLine(username: string, { at, status, sourceIp, application, loginType }: LoginEntry): string {
  return messages.getMessage("logins.entry", [
    username,
    status,
    timeText(at),
    sourceIp,
    application,
    loginType,
  ]);
}
