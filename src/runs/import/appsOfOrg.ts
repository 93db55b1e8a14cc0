import { namespaceOf } from "../../app/apiName.ts";
import type { KindName } from "../../app/kindName.ts";
import { patternOf } from "../../app/namePattern.ts";
import { messagesOf } from "../../messages.ts";
import { kindNames, kinds } from "../../metadata/kinds.ts";
import { comparedComponents } from "../../metadata/packagedApp.ts";
import { hasApplication } from "../../metadata/read.ts";
import { connectOrg, type TargetOrg } from "../../org/connect.ts";
import { type ListedApp, listApps } from "../../org/listApps.ts";
import { retrieveApps } from "../../org/retrieve.ts";
import { readConnectedAppSetup } from "../../org/setupSettings.ts";
import { requireApiVersion } from "../appInOrg/apiVersion.ts";
import type { FoundApp, FoundApps, ImportFailure } from "./foundApps.ts";
import { namedApps } from "./namedApps.ts";

/** Which apps of which org. */
export interface OrgApps {
  targetOrg: string | undefined;
  apiVersion: string | undefined;
  /** API names or labels; undefined for all apps of the org. */
  names: readonly string[] | undefined;
}

const messages = messagesOf("connectedapp.import");

/** The apps of an org, by one retrieve, and why others are missing. */
export async function appsOfOrg(
  { targetOrg, apiVersion, names }: OrgApps,
  kind: KindName | undefined,
  exclude: readonly string[],
): Promise<FoundApps> {
  const org = await connectOrg(targetOrg, apiVersion);
  const listed = await listApps(org, kind === undefined ? kindNames : [kind]);
  const chosen: { wanted: ListedApp[]; failures?: ImportFailure[]; skipped?: string[] } =
    names === undefined ? allApps(listed, exclude) : await namedApps(org, names, listed);
  requireApiVersion(
    org,
    chosen.wanted.map((app) => app.kind),
  );
  const apps = await readFoundApps(org, chosen.wanted);
  const notRetrieved = apps.filter((app) => !isRetrieved(app));
  return {
    apps: apps.filter(isRetrieved),
    failures: [
      ...(chosen.failures ?? []),
      ...notRetrieved.map(({ origin }) => ({ place: origin, message: messages.getMessage("notRetrieved") })),
    ],
    skipped: chosen.skipped ?? [],
  };
}

/** An org may hide the application of a package, and still show its policies. */
function isRetrieved({ kind, name, files }: FoundApp): boolean {
  return namespaceOf(name) === undefined ? hasApplication(kind, files) : files.length > 0;
}

/** All apps but those that a package brought, which nobody else can change, and those that are excluded before they are read. */
function allApps(listed: readonly ListedApp[], exclude: readonly string[]) {
  const own = listed.filter(({ namespace }) => namespace === undefined);
  return {
    wanted: own.filter(({ name }) => patternOf(name, exclude) === undefined),
    skipped: [
      ...listed.flatMap(({ kind, name, namespace }) =>
        namespace === undefined ? [] : [messages.getMessage("managed", [kind, name, namespace])],
      ),
      ...own.flatMap(({ kind, name }) => {
        const pattern = patternOf(name, exclude);
        return pattern === undefined ? [] : [messages.getMessage("excluded", [kind, name, pattern])];
      }),
    ],
  };
}

async function readFoundApps(org: TargetOrg, wanted: readonly ListedApp[]): Promise<FoundApp[]> {
  const isSetUp = ({ kind }: ListedApp) => kinds[kind].setupOnly.length > 0;
  const [retrieved, setup] = await Promise.all([
    retrieveApps(
      org,
      wanted.map(({ kind, name }) => ({
        components: kinds[kind].components,
        further: kinds[kind].further,
        name,
      })),
    ),
    readConnectedAppSetup(
      org,
      wanted.filter(isSetUp).map(({ name }) => name),
    ),
  ]);
  return wanted.map((app, index): FoundApp => {
    const { kind, name } = app;
    const { files, further } = retrieved[index] ?? { files: [], further: [] };
    const isKnown = isSetUp(app) && setup.unreadable === undefined;
    return {
      kind,
      name,
      files: files.filter(({ component }) => comparedComponents(app).includes(component)),
      origin: `${kind} ${name} (${org.name})`,
      setup: isKnown ? (setup.apps.get(name)?.settings ?? {}) : undefined,
      secretPlaces: [],
      further: further.map(({ component: { type }, fullName }) => ({ path: fullName, type })),
    };
  });
}
