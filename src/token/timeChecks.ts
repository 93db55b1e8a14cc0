import type { JWTPayload } from "jose";
import { messagesOf } from "../messages.ts";
import type { Check } from "../results/check.ts";
import { checkOf } from "./checks.ts";
import type { Clock } from "./clock.ts";
import type { Expectation } from "./expectation.ts";

const messages = messagesOf("token");

/** How many seconds the clocks of the org's own servers may differ. */
const tolerance = 30;

/** From how many seconds on a wrong clock of this machine is reported. */
const tellFrom = 60;

/** Whether the token is valid for as long as the spec says. */
export function lifetimeCheck(payload: JWTPayload, expected: Expectation): Check {
  const { timeoutMinutes, timeoutIsSetupOnly, appLabel } = expected;
  const seconds = timeOf(payload.exp) - timeOf(payload.iat);
  if (Number.isNaN(seconds))
    return checkOf(
      "lifetime",
      "failed",
      messages.getMessage("lifetime.unknown"),
      messages.getMessages("forged.actions"),
    );
  const found = spoken(seconds);
  if (timeoutMinutes === undefined)
    return checkOf("lifetime", "passed", messages.getMessage("lifetime.unmentioned", [found]));
  if (seconds === timeoutMinutes * 60)
    return checkOf("lifetime", "passed", messages.getMessage("lifetime", [found]));
  const wanted = spoken(timeoutMinutes * 60);
  return checkOf(
    "lifetime",
    timeoutIsSetupOnly ? "warning" : "failed",
    messages.getMessage("lifetime.wrong", [found, wanted]),
    timeoutIsSetupOnly
      ? messages.getMessages("lifetime.setup", [appLabel, wanted])
      : messages.getMessages("lifetime.wrong.actions"),
  );
}

/**
 * Whether the token is valid at the time when the org issued it, by the org's own clock. What is wrong only by the time
 * that the answer named, and right by this machine's, may as well be the fault of that time: then nobody can tell.
 */
export function validityCheck(payload: JWTPayload, { now, ahead }: Clock): Check {
  const wrong = wrongTime(payload, now);
  const difference = spoken(Math.abs(ahead));
  const areFarApart = Math.abs(ahead) >= tellFrom;
  if (wrong !== undefined && areFarApart && wrongTime(payload, now + ahead) === undefined) {
    const detail = messages.getMessage("validity.clocksDiffer", [wrong, difference]);
    return checkOf("validity", "unverified", detail, messages.getMessages("validity.clocksDiffer.actions"));
  }
  if (wrong !== undefined)
    return checkOf("validity", "failed", wrong, messages.getMessages("validity.wrong.actions"));
  if (!areFarApart) return checkOf("validity", "passed", messages.getMessage("validity"));
  return checkOf(
    "validity",
    "warning",
    messages.getMessage(ahead > 0 ? "validity.clockAhead" : "validity.clockBehind", [difference]),
    messages.getMessages("validity.clock.actions"),
  );
}

/** What is wrong with the times of a token at a time in seconds since the epoch; undefined if nothing is. */
function wrongTime(payload: JWTPayload, now: number): string | undefined {
  const ended = now - timeOf(payload.exp);
  const begins = timeOf(payload.nbf) - now;
  const issued = timeOf(payload.iat) - now;
  if (ended > tolerance) return messages.getMessage("validity.ended", [spoken(ended)]);
  if (begins > tolerance) return messages.getMessage("validity.notYet", [spoken(begins)]);
  if (issued > tolerance) return messages.getMessage("validity.issuedLater", [spoken(issued)]);
  return undefined;
}

/** A claim in seconds since the epoch. What is not a number compares as neither earlier nor later. */
function timeOf(claim: unknown): number {
  return typeof claim === "number" ? claim : Number.NaN;
}

function spoken(seconds: number): string {
  const whole = Math.round(seconds);
  if (whole % 60 !== 0) return `${whole} seconds`;
  return whole === 60 ? "1 minute" : `${whole / 60} minutes`;
}
