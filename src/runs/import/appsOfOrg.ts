import type { KindName } from "../../app/desiredApp.ts";
import { messagesOf } from "../../messages.ts";
import { kindNames, kinds } from "../../metadata/kinds.ts";
import { hasApplication } from "../../metadata/read.ts";
import { connectOrg } from "../../org/connect.ts";
import { listApps } from "../../org/listApps.ts";
import { retrieveApps } from "../../org/retrieve.ts";
import { readConnectedAppSetup } from "../../org/setupSettings.ts";
import type { ImportFailure } from "./importApps.ts";
import type { FoundApp } from "./importedSpec.ts";

/** Which apps of which org. */
export interface OrgApps {
  targetOrg: string | undefined;
  apiVersion: string | undefined;
  /** API names; undefined for all apps of the org. */
  names: readonly string[] | undefined;
}

/** The apps of an org, by one retrieve, and why others are not among them. */
export async function appsOfOrg(
  { targetOrg, apiVersion, names }: OrgApps,
  kind: KindName | undefined,
): Promise<{ apps: FoundApp[]; failures: ImportFailure[]; skipped: string[] }> {
  const messages = messagesOf("connectedapp.import");
  const org = await connectOrg(targetOrg, apiVersion);
  const listed = await listApps(org, kind === undefined ? kindNames : [kind]);
  const wanted = names === undefined ? listed : listed.filter(({ name }) => names.includes(name));
  const managed = wanted.filter(({ namespace }) => namespace !== undefined);
  const own = wanted.filter(({ namespace }) => namespace === undefined);
  const [retrieved, setup] = await Promise.all([
    retrieveApps(
      org,
      own.map(({ kind: kindName, name }) => ({ components: kinds[kindName].components, name })),
    ),
    readConnectedAppSetup(
      org,
      own.filter(({ kind: kindName }) => kinds[kindName].setupOnly.length > 0).map(({ name }) => name),
    ),
  ]);
  const apps = own.map(({ kind: kindName, name }, index): FoundApp => {
    const isKnown = kinds[kindName].setupOnly.length > 0 && setup.unreadable === undefined;
    const files = retrieved[index]?.files ?? [];
    const origin = `${kindName} ${name} (${org.name})`;
    return { kind: kindName, name, files, origin, setup: isKnown ? (setup.apps.get(name) ?? {}) : undefined };
  });
  const isRetrieved = ({ kind: kindName, files }: FoundApp) => hasApplication(kindName, files);
  const missing = (names ?? []).filter((name) => !wanted.some((app) => app.name === name));
  return {
    apps: apps.filter(isRetrieved),
    failures: [
      ...missing.map((name) => ({ place: org.name, message: messages.getMessage("appMissing", [name]) })),
      ...apps
        .filter((app) => !isRetrieved(app))
        .map(({ origin }) => ({ place: origin, message: messages.getMessage("notRetrieved") })),
    ],
    skipped: managed.map(({ kind: kindName, name, namespace }) =>
      messages.getMessage("managed", [kindName, name, namespace ?? ""]),
    ),
  };
}
