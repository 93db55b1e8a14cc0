import { messagesOf } from "../messages.ts";
import { useLines } from "../results/appUse.ts";
import type { Rotation } from "../results/rotation.ts";
import { secretAgeText } from "../results/secretAge.ts";
import { timeText } from "../results/times.ts";
import { type Checklist, checklistReport } from "./checklist.ts";
import { verificationLines, verificationText } from "./verification.ts";

const messages = messagesOf("connectedapp.rotate");

/** The formats of a rotation. */
export const rotationFormats = ["human", "json", "markdown", "junit", "github"] as const;
export type RotationFormat = (typeof rotationFormats)[number];

/** What a report says besides the rotation itself. */
interface About {
  /** The spec, or what stands for it. */
  file: string;
  /** Of the plugin. */
  version: string;
  /** Milliseconds since the epoch. */
  now: number;
}

/** The result of a rotation in one of its formats. */
export function rotationReport(format: RotationFormat, rotation: Rotation, about: About): string {
  const { verification: { checks } = { checks: [] } } = rotation;
  switch (format) {
    case "human":
      return [
        ...paragraphs(rotation, about.now),
        ...(checks.length === 0 ? [] : [verificationText(checks)]),
      ].join("\n\n");
    case "json":
      return JSON.stringify(rotation, null, 2);
    default:
      return checklistReport(format, checklistOf(rotation, about));
  }
}

/** What was done, and the checks of the token that proved it. */
function checklistOf(rotation: Rotation, { file, version, now }: About): Checklist {
  const { app, org, verification: { checks } = { checks: [] } } = rotation;
  const [heading = "", ...details] = paragraphs(rotation, now);
  const done = {
    id: "rotation",
    title: messages.getMessage("rotating"),
    mark: "passed",
    detail: heading,
    below: details,
    level: "note",
  } as const;
  return {
    command: "cpq connectedapp rotate",
    version,
    heading,
    name: messagesOf("findings").getMessage("subject", [app.name, org.name]),
    file,
    parts: [{ lines: [done] }, ...(checks.length === 0 ? [] : [{ lines: verificationLines(checks) }])],
  };
}

function paragraphs(rotation: Rotation, now: number): string[] {
  const { notes, plan = [], use } = rotation;
  return [
    headline(rotation),
    ...notes,
    ...(plan.length === 0 ? [] : [plan.map((step, index) => `${index + 1}. ${step}`).join("\n")]),
    ...ageText(rotation, now),
    ...formerText(rotation),
    ...(use === undefined ? [] : [useLines(use).join("\n")]),
    ...whatToDo(rotation),
  ];
}

/** What became of the app, in one sentence. */
function headline({ outcome, app, org, secondApp, formerApp }: Rotation): string {
  if (outcome === "rotated" && secondApp !== undefined)
    return messages.getMessage("rotatedApp", [app.name, org.name, secondApp]);
  if (outcome === "revoked" && formerApp !== undefined)
    return messages.getMessage("deletedApp", [formerApp, app.name]);
  return messages.getMessage(`outcome.${outcome}`, [app.name, org.name]);
}

/** Only after a rotation, the secret is not the one whose age is known. */
function ageText({ outcome, secretAge }: Rotation, now: number): string[] {
  const { since, appSince, unknown } = secretAge;
  const isFormer = outcome === "rotated";
  if (since !== undefined || appSince !== undefined || unknown === undefined)
    return [messages.getMessage(isFormer ? "formerAge" : "age", [secretAgeText(secretAge, now)])];
  return [messages.getMessage(isFormer ? "formerAgeUnknown" : "ageUnknown", [unknown])];
}

/** What became of the former pair. That it was revoked is the headline of a run that did nothing else. */
function formerText({ outcome, formerKey, formerValidUntil, formerApp }: Rotation): string[] {
  if (formerKey === undefined || formerApp !== undefined || outcome === "revoked") return [];
  if (formerValidUntil !== undefined)
    return [messages.getMessage("former", [formerKey, timeText(formerValidUntil)])];
  return outcome === "rotated" ? [messages.getMessage("formerRevoked", [formerKey])] : [];
}

function whatToDo({ outcome, stored, specFile, tell = [], formerApp }: Rotation): string[] {
  const people = tell.map(({ name, contact }) => (contact === undefined ? name : `${name} (${contact})`));
  const isBoth = formerApp !== undefined && (outcome === "rotated" || outcome === "moving");
  return [
    ...(stored === undefined ? [] : [messages.getMessage("stored", [stored.place])]),
    ...(specFile === undefined ? [] : [messages.getMessage("specWritten", [specFile])]),
    ...(people.length === 0 ? [] : [messages.getMessage("tell", [people.join(", ")])]),
    ...(isBoth ? [messages.getMessage("next", [formerApp])] : []),
  ];
}
