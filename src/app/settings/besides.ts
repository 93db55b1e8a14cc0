import type { Flags } from "./definition.ts";

/** What a spec says besides the settings of its app, as far as rules for settings apply to it too. */
export const besides: Readonly<Record<string, Flags>> = {
  "consumer.key": { ownToEnvironment: true },
  "consumer.secret": { secret: true },
  "cpq.url": { webAddress: true, ownToEnvironment: true },
};
