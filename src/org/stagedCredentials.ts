import { z } from "zod";
import type { Consumer } from "../app/consumer.ts";
import { messagesOf } from "../messages.ts";
import type { TargetOrg } from "./connect.ts";
import { callCredentials, consumerUrl } from "./credentials.ts";

const stagedSchema = z.object({
  id: z.string(),
  key: z.string(),
  secret: z.string().nullish(),
  state: z.string(),
  createdDate: z.string().nullish(),
  expirationDate: z.string().nullish(),
});
const collectionSchema = z.object({ stagedCredentials: z.array(stagedSchema) });
const nothing = z.unknown();

/** The second pair of an external client app. */
export interface StagedCredentials {
  id: string;
  key: string;
  /** Missing for a while after access to secrets was switched on. */
  secret: string | undefined;
  /** `Active` before it is made primary, `Rotated` for a former pair that still works, `Expired` for one that does not. */
  state: string;
  /** When it came into its state, and when it stops to work; ISO 8601, if the org tells. */
  since: string | undefined;
  until: string | undefined;
}

/** Where the second pair of an app's consumer is. @throws SfError as `askOrg` */
export async function stagedSlot(org: TargetOrg, appName: string): Promise<string> {
  return `${await consumerUrl(org, appName)}/staged`;
}

/**
 * The second pair of a consumer, if there is one: new ones, or former ones that still work for 30 days.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.chatterapi.meta/chatterapi/connect_resources_oauth_credentials_staged_credentials.htm
 */
export async function readStaged(org: TargetOrg, slot: string): Promise<StagedCredentials | undefined> {
  const { stagedCredentials } = await callCredentials(org, { method: "GET", url: slot }, collectionSchema);
  return oneOf(stagedCredentials);
}

/** Lets the org make a second pair. @throws SfError `OrgRequestFailedError` if the slot is taken */
export async function stageCredentials(org: TargetOrg, slot: string): Promise<StagedCredentials> {
  const request = { method: "POST" as const, url: slot, body: {} };
  const staged = oneOf((await callCredentials(org, request, collectionSchema)).stagedCredentials);
  if (staged === undefined) throw messagesOf("org").createError("nothingStaged", [org.name]);
  return staged;
}

/** Makes the staged pair the app's own. The former one takes its place. */
export async function makePrimary(org: TargetOrg, slot: string, id: string): Promise<void> {
  const body = { command: "rotate" };
  await callCredentials(org, { method: "PATCH", url: `${slot}/${id}`, body }, nothing);
}

/** Ends the second pair at once, whatever its state. */
export async function revokeStaged(org: TargetOrg, slot: string, id: string): Promise<void> {
  await callCredentials(org, { method: "DELETE", url: `${slot}/${id}` }, nothing);
}

/** The pair, if the org gave its secret. */
export function pairOf({ key, secret }: StagedCredentials): Consumer | undefined {
  return secret === undefined ? undefined : { key, secret };
}

function oneOf([first]: readonly z.output<typeof stagedSchema>[]): StagedCredentials | undefined {
  if (first === undefined) return undefined;
  const { id, key, secret, state, createdDate, expirationDate } = first;
  return {
    id,
    key,
    secret: secret ?? undefined,
    state,
    since: createdDate ?? undefined,
    until: expirationDate ?? undefined,
  };
}
