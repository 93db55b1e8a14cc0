import { randomInt } from "node:crypto";
import type { Consumer } from "../app/consumer.ts";
import { hideFromNowOn } from "./redaction.ts";

const alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/**
 * A new consumer key and secret from the system's random source, within Salesforce's rules: alphanumeric, 8 to 256
 * characters, the key unique across all orgs. 64 characters hold 381 bits.
 */
export function generateConsumer(): Consumer {
  const secret = randomText(64);
  hideFromNowOn(secret);
  return { key: randomText(64), secret };
}

function randomText(length: number): string {
  return Array.from({ length }, () => alphanumeric[randomInt(alphanumeric.length)]).join("");
}
