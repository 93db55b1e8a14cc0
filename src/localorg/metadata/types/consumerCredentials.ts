import { randomBytes, randomInt } from "node:crypto";
import type { OrgConnectedApp } from "../../org.ts";
import type { XmlElement } from "../xmlElement.ts";
import { ComponentProblem } from "./componentProblem.ts";
import { childOf, textOf } from "./elements.ts";
import type { SaveContext } from "./metadataType.ts";

const KEY_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
const KEY_PREFIX = "3MVG9";
const KEY_LENGTH = 85;

/** Consumer key and secret of a connected app. */
export interface ConsumerCredentials {
  consumerKey: string;
  consumerSecret: string;
}

/**
 * Key and secret that an app has after a deploy: those of the file at its creation, or new ones; its own ever after.
 *
 * @throws {ComponentProblem} One of them is malformed, is taken, or may not be given in an update.
 */
export function consumerCredentials(
  context: SaveContext,
  content: XmlElement,
  existing: OrgConnectedApp | undefined,
): ConsumerCredentials {
  const oauth = childOf(content, "oauthConfig");
  const key = textOf(oauth, "consumerKey");
  const secret = textOf(oauth, "consumerSecret");
  if (existing) {
    const refused = context.org.behaviour.refuseConsumerKeyOnUpdate || key !== existing.consumerKey;
    if (key !== undefined && refused) throw new ComponentProblem("You cannot provide a Consumer Key");
    if (secret !== undefined && secret !== existing.consumerSecret) {
      throw new ComponentProblem("You cannot provide a Consumer Secret");
    }
    return { consumerKey: existing.consumerKey, consumerSecret: existing.consumerSecret };
  }
  const others = otherApps(context);
  if (key !== undefined) {
    refuseMalformed("Consumer Key", key);
    if (others.some((app) => app.consumerKey === key)) {
      throw new ComponentProblem("The consumer key is already taken.");
    }
  }
  if (secret !== undefined) {
    refuseMalformed("Consumer Secret", secret);
    if (others.some((app) => app.consumerSecret === secret)) {
      throw new ComponentProblem("The consumer secret is already taken.");
    }
  }
  return { consumerKey: key ?? newConsumerKey(), consumerSecret: secret ?? newConsumerSecret() };
}

/** A deleted app's key is free again; so for this org, the draft counts. */
function otherApps({ org, allOrgs, draft }: SaveContext): OrgConnectedApp[] {
  return [
    ...draft.connectedApps.values(),
    ...allOrgs.filter((other) => other !== org).flatMap((other) => [...other.connectedApps.values()]),
  ];
}

function refuseMalformed(what: string, value: string): void {
  if (!/^[A-Za-z0-9]{8,256}$/.test(value)) {
    throw new ComponentProblem(`${what} must be alphanumeric and between 8 and 256 characters long.`);
  }
}

function newConsumerKey(): string {
  const characters = Array.from({ length: KEY_LENGTH - KEY_PREFIX.length }, () =>
    KEY_CHARACTERS.charAt(randomInt(KEY_CHARACTERS.length)),
  );
  return KEY_PREFIX + characters.join("");
}

function newConsumerSecret(): string {
  return randomBytes(32).toString("hex").toUpperCase();
}
