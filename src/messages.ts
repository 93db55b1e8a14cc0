import { Messages } from "@salesforce/core/messages";

Messages.importMessagesDirectoryFromMetaUrl(import.meta.url);

/** The texts of one file of `messages/`, by its name without `.md`. */
export function messagesOf(bundle: string): Messages<string> {
  return Messages.loadMessages("sf-plugin-cpq", bundle);
}
