import { jwtPart } from "../app/jwtPart.ts";
import { messagesOf } from "../messages.ts";
import { timeText } from "../results/times.ts";
import { alignedLines } from "./table.ts";

const messages = messagesOf("connectedapp.token");

/**
 * Header and claims of a JWT as a table, with its times, and how much of its lifetime is left. Nothing
 * is verified. The signature is not shown, so that what is shown is no token.
 *
 * @param now milliseconds since the epoch
 */
export function decodedText(token: string, now: number): string {
  const [header, claims] = token.split(".").slice(0, 2).map(jwtPart);
  if (header === undefined || claims === undefined || token.split(".").length !== 3)
    return messages.getMessage("decode.opaque");
  const lines = [
    messages.getMessage("decode.header"),
    ...alignedLines(Object.entries(header).map(([name, value]) => [`  ${name}`, shown(value)])),
    messages.getMessage("decode.claims"),
    ...alignedLines(
      Object.entries(claims).map(([name, value]) => [`  ${name}`, claimText(name, value, now)]),
    ),
  ];
  return [...lines, ...lifetimeLine(claims, now)].join("\n");
}

const times = new Set(["iat", "nbf", "exp", "auth_time"]);

function claimText(name: string, value: unknown, now: number): string {
  if (!times.has(name) || typeof value !== "number") return shown(value);
  const time = new Date(value * 1000);
  // A number may be no time at all.
  return Number.isNaN(time.getTime()) ? shown(value) : `${value}  ${timeText(time.toISOString(), now)}`;
}

function lifetimeLine({ iat, exp }: Record<string, unknown>, now: number): string[] {
  if (typeof iat !== "number" || typeof exp !== "number") return [];
  const left = Math.floor(exp - now / 1000);
  const whole = exp - iat;
  return left <= 0
    ? [messages.getMessage("decode.ended", [spoken(-left)])]
    : [messages.getMessage("decode.left", [spoken(left), spoken(whole), Math.floor((100 * left) / whole)])];
}

function spoken(seconds: number): string {
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}

function shown(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
