import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import type { LoadedSpec } from "../../spec/load.ts";
import { resolve } from "../../spec/resolve.ts";

const messages = messagesOf("connectedapp.generate");

/**
 * Why an org will refuse the files of a spec as they are, and which line of the spec mends it; a sentence each.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.api_meta.meta/api_meta/meta_connectedapp.htm
 */
export function obstaclesOf({
  app: spec,
  content,
  locate,
}: Pick<LoadedSpec, "app" | "content" | "locate">): string[] {
  const { kind, settings, consumerKey } = resolve(spec);
  // The org makes the key of an external client app, and takes its Run As user without one.
  const wantsKey = kinds[kind].consumer.madeBy === "tool";
  const runAs = "oauth.clientCredentials.runAs";
  const lacksKey = wantsKey && settings[runAs] !== undefined && consumerKey === undefined;
  const place = (path: string) => placeOf(locate(path));
  const forKey = "consumer" in content ? place("consumer") : locate("consumer").file;
  return [
    ...(lacksKey ? [messages.getMessage("runAsWithoutKey", [place(runAs), forKey])] : []),
    ...(settings.contactEmail === "" ? [messages.getMessage("noContactEmail", [place("contactEmail")])] : []),
  ];
}
