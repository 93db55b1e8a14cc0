import { messagesOf } from "../messages.ts";
import type { Rotation } from "../results/rotation.ts";
import { verificationText } from "./verification.ts";

const messages = messagesOf("connectedapp.rotate");

/** The result of a rotation for a terminal. */
export function rotationText(rotation: Rotation): string {
  const { outcome, app, org, notes, secretSince, formerKey, formerValidUntil, stored, verification } =
    rotation;
  const former =
    formerKey === undefined
      ? []
      : formerValidUntil === undefined
        ? [messages.getMessage("formerRevoked", [formerKey])]
        : [messages.getMessage("former", [formerKey, formerValidUntil])];
  return [
    ...notes,
    messages.getMessage(`outcome.${outcome}`, [app.name, org.name]),
    ...(secretSince === undefined ? [] : [messages.getMessage("since", [secretSince])]),
    ...former,
    ...(stored === undefined ? [] : [messages.getMessage("stored", [stored.place])]),
    ...(verification === undefined ? [] : [verificationText(verification.checks)]),
  ].join("\n\n");
}
