import { randomBytes, randomInt } from "node:crypto";
import type { Org } from "../../org.ts";
import type { XmlElement } from "../xmlElement.ts";
import { ComponentProblem } from "./componentProblem.ts";
import { textOf } from "./elements.ts";
import type { Draft, SaveContext } from "./metadataType.ts";

const keyCharacters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._";
const keyPrefix = "3MVG9";
const keyLength = 85;

/** Consumer key and secret of an app. */
export interface ConsumerCredentials {
  consumerKey: string;
  consumerSecret: string;
}

/**
 * The key and secret that an app has after a deploy: at its creation those of the file, or new ones; after that always
 * its own.
 *
 * @param oauth The element with the consumerKey and consumerSecret of the file.
 * @throws ComponentProblem if one of them is malformed, is taken, or may not be given in an update
 */
export function consumerCredentials(
  context: SaveContext,
  oauth: XmlElement | undefined,
  existing: ConsumerCredentials | undefined,
): ConsumerCredentials {
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
  const consumerKey = consumerKeyAtCreation(context, key);
  if (secret !== undefined) {
    refuseMalformed("Consumer Secret", secret);
    if (otherApps(context).some((app) => app.consumerSecret === secret)) {
      throw new ComponentProblem("The consumer secret is already taken.");
    }
  }
  return { consumerKey, consumerSecret: secret ?? newConsumerSecret() };
}

/**
 * The key of a new app: that of the file, or a new one.
 *
 * @throws ComponentProblem if it is malformed or taken
 */
export function consumerKeyAtCreation(context: SaveContext, key: string | undefined): string {
  if (key === undefined) return newConsumerKey();
  refuseMalformed("Consumer Key", key);
  if (otherApps(context).some((app) => app.consumerKey === key)) {
    throw new ComponentProblem("The consumer key is already taken.");
  }
  return key;
}

/** A deleted app's key is free again, so for this org, the draft counts. */
function otherApps({ org, allOrgs, draft }: SaveContext): ConsumerCredentials[] {
  return [draft, ...allOrgs.filter((other) => other !== org)].flatMap(credentialsIn);
}

function credentialsIn({ connectedApps, components }: Draft | Org): ConsumerCredentials[] {
  const all = [...components.values()].flatMap((ofType) => [...ofType.values()]);
  return [
    ...connectedApps.values(),
    ...all.flatMap(({ consumer }) => [consumer ?? [], consumer?.staged ?? []].flat()),
  ];
}

function refuseMalformed(what: string, value: string): void {
  if (!/^[A-Za-z0-9]{8,256}$/.test(value)) {
    throw new ComponentProblem(`${what} must be alphanumeric and between 8 and 256 characters long.`);
  }
}

/** A consumer key as Salesforce makes them. */
export function newConsumerKey(): string {
  const characters = Array.from({ length: keyLength - keyPrefix.length }, () =>
    keyCharacters.charAt(randomInt(keyCharacters.length)),
  );
  return keyPrefix + characters.join("");
}

/** A consumer secret as Salesforce makes them. */
export function newConsumerSecret(): string {
  return randomBytes(32).toString("hex").toUpperCase();
}
