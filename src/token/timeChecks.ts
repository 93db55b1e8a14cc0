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
  if (Number.isNaN(seconds)) return checkOf("lifetime", "failed", messages.getMessage("lifetime.unknown"));
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
    timeoutIsSetupOnly ? messages.getMessages("lifetime.setup", [appLabel, wanted]) : [],
  );
}

/** Whether the token is valid at the time when the org issued it, by the org's own clock. */
export function validityCheck(payload: JWTPayload, { now, ahead }: Clock): Check {
  const ended = now - timeOf(payload.exp);
  const begins = timeOf(payload.nbf) - now;
  const issued = timeOf(payload.iat) - now;
  if (ended > tolerance)
    return checkOf("validity", "failed", messages.getMessage("validity.ended", [spoken(ended)]));
  if (begins > tolerance)
    return checkOf("validity", "failed", messages.getMessage("validity.notYet", [spoken(begins)]));
  if (issued > tolerance)
    return checkOf("validity", "failed", messages.getMessage("validity.issuedLater", [spoken(issued)]));
  if (Math.abs(ahead) < tellFrom) return checkOf("validity", "passed", messages.getMessage("validity"));
  const difference = spoken(Math.abs(ahead));
  return checkOf(
    "validity",
    "warning",
    messages.getMessage(ahead > 0 ? "validity.clockAhead" : "validity.clockBehind", [difference]),
    messages.getMessages("validity.clock.actions"),
  );
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
