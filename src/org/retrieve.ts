import { reasonOf } from "../app/reasonOf.ts";
import { messagesOf } from "../messages.ts";
import type { ComponentType, MetadataFile } from "../metadata/kind.ts";
import { withRetries } from "../network/retries.ts";
import { askOrg, hasId } from "./askOrg.ts";
import type { TargetOrg } from "./connect.ts";
import { pollUntilDone, retrieveInterval } from "./polling.ts";
import { mostRead, readMetadata } from "./readMetadata.ts";
import { fileKey, filesOfApps } from "./retrievedFiles.ts";
import { asList } from "./soapList.ts";

type MetadataApi = TargetOrg["connection"]["metadata"];
type RetrieveRequest = Parameters<MetadataApi["retrieve"]>[0];
type FileProperties = Awaited<ReturnType<MetadataApi["checkRetrieveStatus"]>>["fileProperties"][number];

interface ManifestType {
  name: string;
  members: string[];
}

const waitMilliseconds = 10 * 60_000;

/** An app that is wanted: its API name and the components that it may have. */
export interface WantedApp {
  components: readonly ComponentType[];
  /** Components that it may have besides. Not every org knows their types. */
  further?: readonly ComponentType[];
  name: string;
}

/** An app as the org has it. */
export interface RetrievedApp {
  /** The components that the org has of it, in the order of their types; none if there is no such app. */
  files: MetadataFile[];
  /** What it has besides. */
  further: MetadataFile[];
  /** Who changed one of them last, and when. */
  lastChange?: { by: string; at: string };
  /** Since when the org has the app, in ISO 8601. */
  createdAt?: string;
}

/**
 * The components of one app.
 *
 * @throws SfError as `retrieveApps`
 */
export async function retrieveFiles(
  org: TargetOrg,
  components: readonly ComponentType[],
  appName: string,
): Promise<MetadataFile[]> {
  const [app] = await retrieveApps(org, [{ components, name: appName }]);
  return app?.files ?? [];
}

/**
 * Apps as the org has them, in the order of the question: by one call if it answers at once for all of them, else by one
 * retrieve of the Metadata API. The parts of external client apps have all sorts of names, so the org is asked for all parts
 * of these types, and those of the apps are picked out.
 *
 * @param areNew tells, before the retrieve is waited for, that the org has none of the apps
 * @throws SfError if the retrieve fails, or if its answer is not that of a retrieve
 */
export async function retrieveApps(
  org: TargetOrg,
  wanted: readonly WantedApp[],
  areNew: Promise<boolean> = Promise.resolve(false),
): Promise<RetrievedApp[]> {
  if (wanted.length === 0) return [];
  const alone = readAtOnce(wanted);
  if (alone !== undefined) {
    const found = await readMetadata(org, alone, [...new Set(wanted.map(({ name }) => name))]);
    return wanted.map(({ name }) => ({
      files: found.filter(({ fullName }) => fullName === name),
      further: [],
    }));
  }
  const further = new Set(wanted.flatMap((app) => app.further ?? []));
  const retrieved = await retrieveWhole(org, wanted, { withFurther: true, areNew }).catch(
    (error: unknown) => {
      if (![...further].some(({ type }) => reasonOf(error).includes(type))) throw error;
      // The org is too old for one of these types.
      return retrieveWhole(org, wanted, { withFurther: false, areNew });
    },
  );
  if (retrieved === undefined) return wanted.map(() => ({ files: [], further: [] }));
  const { files, fileProperties } = retrieved;
  const properties = asList(fileProperties);
  return wanted.map((app) => {
    const filesOf = (components: readonly ComponentType[]) =>
      components.flatMap((component) => files.get(fileKey(component, app.name)) ?? []);
    const own = filesOf(app.components);
    return { files: own, further: filesOf(app.further ?? []), ...timesOf(own, properties) };
  });
}

/** The one component that all of the apps consist of, if a single call gives it for all of them. */
function readAtOnce(wanted: readonly WantedApp[]): ComponentType | undefined {
  const [component, ...others] = new Set(
    wanted.flatMap(({ components, further = [] }) => [...components, ...further]),
  );
  return others.length === 0 && component?.readAtOnce && wanted.length <= mostRead ? component : undefined;
}

interface RetrieveChoice {
  withFurther: boolean;
  areNew: Promise<boolean>;
}

/**
 * A zip that is not whole is asked for anew. An org gives the zip of a retrieve only once.
 *
 * @returns undefined if there is nothing to retrieve
 */
async function retrieveWhole(
  org: TargetOrg,
  wanted: readonly WantedApp[],
  { withFurther, areNew }: RetrieveChoice,
) {
  const ask = async () => {
    const retrieved = await retrieve(org, manifestTypes(wanted, withFurther), areNew);
    if (retrieved === undefined) return undefined;
    const { zipFile, fileProperties } = retrieved;
    const files = await unpacked(zipFile, wanted).catch((error: Error) => {
      throw new BrokenZip(error.message);
    });
    return { files, fileProperties };
  };
  try {
    return await withRetries(ask, (outcome) =>
      "error" in outcome && outcome.error instanceof BrokenZip ? {} : undefined,
    );
  } catch (error) {
    throw error instanceof BrokenZip ? failed(org, error.message) : error;
  }
}

class BrokenZip extends Error {}

async function retrieve(org: TargetOrg, types: ManifestType[], areNew: Promise<boolean>) {
  const { metadata, version } = org.connection;
  // The client's types require every element of a manifest. The org requires only these.
  const unpackaged = { types, version } as RetrieveRequest["unpackaged"];
  const request = { apiVersion: Number(version), singlePackage: true, unpackaged };
  const { id } = await askOrg(org, "retrieve", () => metadata.retrieve(request), { isAnswer: hasId });
  if (await areNew) return undefined;
  const check = () => metadata.checkRetrieveStatus(id);
  const result = await pollUntilDone(
    () => askOrg(org, "checkRetrieveStatus", check, { isAnswer: hasId }),
    Date.now() + waitMilliseconds,
    { interval: retrieveInterval },
  );
  if (!result.success) throw failed(org, result.errorMessage ?? String(result.status));
  return result;
}

function failed({ name }: TargetOrg, reason: string) {
  return messagesOf("org").createError("retrieveFailed", [name, reason]);
}

async function unpacked(
  base64: string,
  wanted: readonly WantedApp[],
): Promise<ReadonlyMap<string, MetadataFile>> {
  // Most checks of connected apps never see a zip, and should start at once.
  const { default: JSZip } = await import("jszip");
  const zip = await JSZip.loadAsync(base64, { base64: true });
  const components = new Set(wanted.flatMap((app) => [...app.components, ...(app.further ?? [])]));
  return filesOfApps(zip, [...components], new Set(wanted.map(({ name }) => name)));
}

function timesOf(
  files: readonly MetadataFile[],
  properties: readonly FileProperties[],
): Pick<RetrievedApp, "lastChange" | "createdAt"> {
  const [last, ...others] = properties
    .filter(({ type, fullName }) =>
      files.some((file) => file.component.type === type && file.fullName === fullName),
    )
    .sort((a, b) => b.lastModifiedDate.localeCompare(a.lastModifiedDate));
  if (last === undefined) return {};
  const [first] = [last, ...others].map(({ createdDate }) => Date.parse(createdDate)).sort((a, b) => a - b);
  return {
    lastChange: { by: last.lastModifiedByName, at: last.lastModifiedDate },
    // An org may leave out the time of a part that it made itself.
    ...(first === undefined || Number.isNaN(first) || first <= 0
      ? {}
      : { createdAt: new Date(first).toISOString() }),
  };
}

/**
 * Components that have the app's name are asked for by name. Of those that only refer to the app, all are asked for.
 */
function manifestTypes(wanted: readonly WantedApp[], withFurther: boolean): ManifestType[] {
  const members = new Map<string, Set<string>>();
  for (const { components, further = [], name } of wanted) {
    for (const { type, appElement } of [...components, ...(withFurther ? further : [])]) {
      const names = members.get(type) ?? new Set();
      members.set(type, names.add(appElement === undefined ? name : "*"));
    }
  }
  return [...members].map(([name, names]) => ({ name, members: [...names] }));
}
