import { messagesOf } from "../messages.ts";
import type { Rotation } from "../results/rotation.ts";
import { secretAgeText } from "../results/secretAge.ts";
import { verificationText } from "./verification.ts";

const messages = messagesOf("connectedapp.rotate");

/** The result of a rotation for a terminal. @param now milliseconds since the epoch */
export function rotationText(rotation: Rotation, now: number): string {
  const { outcome, app, org, notes, secretAge, formerKey, formerValidUntil, stored, verification } = rotation;
  const former =
    formerKey === undefined
      ? []
      : formerValidUntil === undefined
        ? [messages.getMessage("formerRevoked", [formerKey])]
        : [messages.getMessage("former", [formerKey, formerValidUntil])];
  return [
    ...notes,
    messages.getMessage(`outcome.${outcome}`, [app.name, org.name]),
    secretAge.since === undefined && secretAge.unknown !== undefined && secretAge.appSince === undefined
      ? messages.getMessage("ageUnknown", [secretAge.unknown])
      : messages.getMessage("age", [secretAgeText(secretAge, now)]),
    ...former,
    ...(stored === undefined ? [] : [messages.getMessage("stored", [stored.place])]),
    ...(verification === undefined ? [] : [verificationText(verification.checks)]),
  ].join("\n\n");
}
