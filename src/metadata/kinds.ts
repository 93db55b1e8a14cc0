import type { KindName } from "../app/desiredApp.ts";
import { connectedApp } from "./connectedApp.ts";
import { externalClientApp } from "./externalClientApp.ts";
import type { Kind } from "./kind.ts";

/** Every kind of app. A new kind is a file of its own and a line here. */
export const kinds: Readonly<Record<KindName, Kind>> = {
  ConnectedApp: connectedApp,
  ExternalClientApp: externalClientApp,
};

/** Their names, in the same order. */
export const kindNames = Object.keys(kinds) as KindName[];
