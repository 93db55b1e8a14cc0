import { namespaceOf } from "../../app/apiName.ts";
import { usesOAuth } from "../../app/desiredApp.ts";
import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";

/**
 * Makes sure that an app's key and secret can be replaced, and that the new ones have a place to go to.
 *
 * @throws SfError `ConnectedAppError`, `NotRotatableError`, `AppMissingError` or `NoPlaceError`
 */
export function requireRotatable({ spec, desired, org, reading }: AppInOrg): void {
  const messages = messagesOf("rotation");
  const about = [desired.name, org.name] as const;
  if (desired.kind === "ConnectedApp") throw messages.createError("connectedApp", about, [spec.file]);
  if (namespaceOf(desired.name) !== undefined || !usesOAuth(desired))
    throw messages.createError("notRotatable", [desired.name]);
  if (reading.actual === undefined) throw messages.createError("appMissing", about);
  const { key, secret, store } = spec.app.consumer;
  if (store === undefined && (key !== undefined || secret !== undefined))
    throw messages.createError("noPlace", [placeOf(spec.locate("consumer"))]);
}
