import { homedir } from "node:os";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import type { Consumer } from "../../app/consumer.ts";
import type { KindName } from "../../app/kindName.ts";
import { messagesOf } from "../../messages.ts";
import { connectOrg, type TargetOrg } from "../../org/connect.ts";
import { readCredentials } from "../../org/credentials.ts";
import { kindInOrg } from "../../org/noSuchApp.ts";
import { type ReadSpec, readSpec } from "../../project/readSpec.ts";
import { findSpecs, readSpecText } from "../../project/specFiles.ts";
import type { ConsumerOwner } from "../../secrets/consumerStore.ts";
import { machineStore } from "../../secrets/machineStore.ts";
import { openStore } from "../../secrets/openStore.ts";
import { hideFromNowOn } from "../../secrets/redaction.ts";
import { followIfThere } from "../../secrets/references.ts";
import { answeredFor } from "../appInOrg/connectOrgOf.ts";
import type { TokenInputs } from "./tokenCache.ts";

/** How a user names the app whose token is wanted. */
export interface AppChoice {
  specFile: string | undefined;
  environment: string | undefined;
  /** API name of an app in an org. */
  name: string | undefined;
  targetOrg: string | undefined;
  /** With it, no org login is needed. */
  instanceUrl: string | undefined;
  clientId: string | undefined;
  /** `store`, `stdin` or `env:NAME`; undefined means where the spec says, or the store of this machine. */
  secretFrom: string | undefined;
}

/** An app, as far as its tokens need it. */
export interface TokenApp {
  instanceUrl: string;
  consumer: Consumer;
  kind: KindName;
  /** Undefined if nothing but its consumer key is known. */
  label: string | undefined;
  spec?: ReadSpec | undefined;
  org?: TargetOrg | undefined;
}

const messages = messagesOf("connectedapp.token");

/**
 * Finds the app, its org's address, its consumer key and secret. The org is asked only if nothing else knows the secret.
 *
 * @throws SfError `SecretUnknownError`, `SecretSourceError`, `NoSuchAppError`, `SecretOfConnectedAppError`, or as `readSpec`, `connectOrg` and the
 *   stores
 */
export async function appOfToken(choice: AppChoice): Promise<TokenApp> {
  const given = await givenSecret(choice.secretFrom);
  if (choice.specFile !== undefined)
    return appOfSpec(readSpec(choice.specFile, choice.environment), choice, given);
  if (choice.name !== undefined) return appInOrg(choice.name, choice, given);
  const { instanceUrl = "", clientId = "" } = choice;
  return {
    instanceUrl,
    consumer: { key: clientId, secret: given ?? (await storedSecret(instanceUrl, clientId)) },
    kind: "ExternalClientApp",
    label: undefined,
  };
}

/** What the answer depends on besides the arguments, for the cache. */
export function inputsOf({ specFile, secretFrom }: AppChoice): Omit<TokenInputs, "secret"> {
  const specs = specFile === undefined ? [] : findSpecs([specFile]).files;
  const texts = specs.map((file) => readSpecText(file)).map((read) => ("text" in read ? read.text : ""));
  const referenced = (kind: string) =>
    texts.flatMap((content) =>
      [...content.matchAll(new RegExp(`\\$\\{${kind}:([^}]+?)(?::-[^}]*)?\\}`, "g"))].map(
        ([, name = ""]) => name,
      ),
    );
  const named = /^env:(.+)$/.exec(secretFrom ?? "")?.[1];
  const home = process.env.HOME ?? homedir();
  const states = [".sfdx/alias.json", ".sfdx/sfdx-config.json", ".sf/config.json", ".sf/cpq-consumers.json"];
  return {
    files: [
      ...new Set([
        ...specs,
        ...referenced("file"),
        ...states.map((path) => join(home, path)),
        ".sf/config.json",
      ]),
    ],
    variables: [
      ...new Set([
        ...referenced("env"),
        ...(named === undefined ? [] : [named]),
        ...["SF_TARGET_ORG", "SFDX_DEFAULTUSERNAME", "CPQ_STORE_FOLDER", "HOME"],
      ]),
    ],
  };
}

async function appOfSpec(read: ReadSpec, choice: AppChoice, given: string | undefined): Promise<TokenApp> {
  const org =
    choice.instanceUrl === undefined
      ? await connectOrg(choice.targetOrg ?? read.targetOrg, undefined)
      : undefined;
  const spec = org === undefined ? read : answeredFor(org, read);
  const { kind, name, label = name, consumer: source } = spec.app;
  const instanceUrl = org?.instanceUrl ?? choice.instanceUrl ?? "";
  const saidKey =
    choice.clientId ??
    (source.key === undefined ? undefined : await followIfThere(source.key, "consumer.key"));
  const saidSecret =
    given ??
    (source.secret === undefined ? undefined : await followIfThere(source.secret, "consumer.secret"));
  const app = { instanceUrl, kind, label, spec, org };
  if (saidKey !== undefined && saidSecret !== undefined)
    return { ...app, consumer: { key: saidKey, secret: saidSecret } };
  const stored =
    org === undefined
      ? await storedFor(instanceUrl, kind, name)
      : await openStore(source.store).read(ownerIn(org, kind, name, spec.environment));
  const fits = stored !== undefined && (saidKey === undefined || stored.key === saidKey);
  if (fits) return { ...app, consumer: { ...stored, secret: saidSecret ?? stored.secret } };
  if (org !== undefined && kind === "ExternalClientApp")
    return { ...app, consumer: await readCredentials(org, name) };
  throw messages.createError("secretUnknown", [name, instanceUrl, machineStore().place]);
}

async function appInOrg(name: string, choice: AppChoice, given: string | undefined): Promise<TokenApp> {
  const org = await connectOrg(choice.targetOrg, undefined);
  const { instanceUrl } = org;
  if (choice.clientId !== undefined && given !== undefined) {
    const consumer = { key: choice.clientId, secret: given };
    return { instanceUrl, consumer, kind: "ExternalClientApp", label: name, org };
  }
  for (const kind of ["ExternalClientApp", "ConnectedApp"] as const) {
    const consumer = await machineStore().read(ownerIn(org, kind, name));
    if (consumer !== undefined) return { instanceUrl, consumer, kind, label: name, org };
  }
  const consumer = await readCredentials(org, name).catch((error: unknown) => whyNoSecret(org, name, error));
  return { instanceUrl, consumer, kind: "ExternalClientApp", label: name, org };
}

/**
 * Only external client apps tell their consumer, so a refusal may mean that there is no such app, or one of the other kind.
 *
 * @throws SfError `NoSuchAppError`, `SecretOfConnectedAppError`, or the refusal itself
 */
async function whyNoSecret(org: TargetOrg, name: string, refusal: unknown): Promise<never> {
  const kind = await kindInOrg(org, name).catch(() => undefined);
  if (kind === "ConnectedApp")
    throw messages.createError("secretOfConnectedApp", [name, machineStore().place], [name]);
  throw kind === undefined || kind === "ExternalClientApp" ? refusal : kind;
}

function ownerIn(
  { id: orgId, instanceUrl, username }: TargetOrg,
  kind: KindName,
  appName: string,
  environment?: string,
): ConsumerOwner {
  return { orgId, kind, appName, instanceUrl, username, environment };
}

/** The pair of an app that was deployed from this machine. No org is asked. */
async function storedFor(
  instanceUrl: string,
  kind: KindName,
  appName: string,
): Promise<Consumer | undefined> {
  const store = machineStore();
  const [entry] = store
    .list()
    .filter((one) => one.instanceUrl === instanceUrl && one.kind === kind && one.appName === appName)
    .sort((one, other) => other.storedAt.localeCompare(one.storedAt));
  return entry && store.read({ orgId: entry.orgId, kind, appName, instanceUrl });
}

async function storedSecret(instanceUrl: string, key: string): Promise<string> {
  const store = machineStore();
  const entry = store
    .list()
    .find((one) => one.key === key && (one.instanceUrl ?? instanceUrl) === instanceUrl);
  const stored =
    entry &&
    (await store.read({ orgId: entry.orgId, kind: entry.kind, appName: entry.appName, instanceUrl }));
  if (stored === undefined) throw messages.createError("secretUnknown", [key, instanceUrl, store.place]);
  return stored.secret;
}

/** A secret that does not come from a store: from a variable, or through standard input. */
async function givenSecret(secretFrom: string | undefined): Promise<string | undefined> {
  if (secretFrom === undefined || secretFrom === "store") return undefined;
  const variable = /^env:([A-Za-z_]\w*)$/.exec(secretFrom)?.[1];
  if (variable === undefined && secretFrom !== "stdin")
    throw messages.createError("secretSource", [secretFrom], [], 2);
  const value = (variable === undefined ? await text(process.stdin) : (process.env[variable] ?? "")).trim();
  if (value === "") throw messages.createError("secretEmpty", [variable ?? "standard input"]);
  hideFromNowOn(value);
  return value;
}
