import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { z } from "zod";
import type { OrgBehaviour } from "./behaviour.ts";
import type { Org, OrgComponent } from "./org.ts";

/** Orgs as JSON files in one folder, a file for each org. */
export interface OrgStore {
  /** The stored org, with the behaviour that this start asks for; undefined if there is none yet. */
  load(name: string, behaviour: OrgBehaviour): Org | undefined;
  /** Writes an org: at once, and whole or not at all. */
  save(org: Org): void;
}

/**
 * Opens a folder of stored orgs and makes it if it does not exist. Its files hold consumer secrets and private keys, so
 * only the owner may read them.
 */
export async function openStore(folder: string): Promise<OrgStore> {
  const { storedOrg } = await import("./storedOrg.ts");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (name: string) => join(folder, `${name}.json`);
  return {
    load: (name, behaviour) => loadOrg(fileOf(name), storedOrg, behaviour),
    save: (org) => saveOrg(fileOf(org.name), org),
  };
}

function loadOrg(file: string, schema: z.ZodType<StoredOrg>, behaviour: OrgBehaviour): Org | undefined {
  const text = readIfExists(file);
  if (text === undefined) return undefined;
  let stored: StoredOrg;
  try {
    stored = schema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${file} is not the state of a local org. Delete it to start with a new org.`, { cause });
  }
  return {
    ...stored,
    connectedApps: new Map(stored.connectedApps.map((app) => [app.name, app])),
    components: new Map(
      stored.components.map(([type, components]) => [
        type,
        new Map(components.map((component) => [component.fullName, component])),
      ]),
    ),
    sessions: new Map(stored.sessions),
    revokedJwts: new Map(stored.revokedJwts),
    tokenRequests: new Map(),
    deployments: new Map(),
    myDomainUrl: "",
    behaviour,
  };
}

/** What a file holds: nothing that depends on the port or on the options of one start. */
export type StoredOrg = Omit<
  Org,
  | "behaviour"
  | "myDomainUrl"
  | "connectedApps"
  | "components"
  | "sessions"
  | "revokedJwts"
  | "tokenRequests"
  | "deployments"
> & {
  connectedApps: Org["connectedApps"] extends Map<string, infer App> ? App[] : never;
  components: [string, OrgComponent[]][];
  sessions: Org["sessions"] extends Map<string, infer Session> ? [string, Session][] : never;
  revokedJwts: [string, number][];
};

function saveOrg(file: string, org: Org): void {
  const { behaviour: _, myDomainUrl: __, tokenRequests: ___, deployments: ____, ...kept } = org;
  const stored: StoredOrg = {
    ...kept,
    connectedApps: [...org.connectedApps.values()],
    components: [...org.components].map(([type, components]) => [type, [...components.values()]]),
    sessions: [...org.sessions],
    revokedJwts: [...org.revokedJwts],
  };
  const temporary = `${file}.${process.pid}.tmp`;
  try {
    writeFileSync(temporary, JSON.stringify(stored, undefined, 2), { mode: 0o600 });
    renameSync(temporary, file);
  } finally {
    rmSync(temporary, { force: true });
  }
}

function readIfExists(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
