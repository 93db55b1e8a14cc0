import type { KindName } from "../app/desiredApp.ts";
import { messagesOf } from "../messages.ts";

const messages = messagesOf("token");

/** The places in Setup for an app's settings, by the kind of app. */
export interface SetupPlaces {
  /** Flows, scopes and token format. */
  settings: string;
  /** Run As user, permitted users, IP relaxation. */
  policies: string;
  /** Consumer key and secret. */
  consumer: string;
}

export function setupPlaces(kind: KindName, appLabel: string): SetupPlaces {
  return {
    settings: messages.getMessage(`place.${kind}.settings`, [appLabel]),
    policies: messages.getMessage(`place.${kind}.policies`, [appLabel]),
    consumer: messages.getMessage(`place.${kind}.consumer`, [appLabel]),
  };
}
