import type { Flags } from "./definition.ts";

/** What a spec says beside the settings of its app, as far as something holds for it that holds for settings too. */
export const besides: Readonly<Record<string, Flags>> = {
  "consumer.key": { ownToEnvironment: true },
  "consumer.secret": { secret: true },
  "cpq.url": { webAddress: true, ownToEnvironment: true },
};
