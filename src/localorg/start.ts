import { defaultBehaviour, type OrgBehaviour } from "./behaviour.ts";
import type { FaultInput } from "./faults/fault.ts";
import { FaultPlan } from "./faults/faultPlan.ts";
import type { Org } from "./org.ts";
import { newOrg } from "./seed.ts";
import { type RunningOrg, serveOrg } from "./serveOrg.ts";
import { type OrgStore, openStore } from "./store.ts";

export type { RunningOrg } from "./serveOrg.ts";

/** One org to start. */
interface LocalOrgOptions {
  /** Letters, digits and hyphens; unique in the process. */
  name: string;
  isSandbox: boolean;
  /** 0, the default, takes a free one. */
  port?: number;
  /** Port of the CPQ admin API; 0, the default, takes a free one. */
  cpqPort?: number;
}

/** How orgs behave, and where they are kept. */
interface CommonOptions {
  behaviour?: Partial<OrgBehaviour>;
  /** What goes wrong on the way to each org. Later, `faults` of a running org sets another plan. */
  faults?: readonly FaultInput[];
  /** Keeps the orgs' state over restarts; without it, all is in memory. */
  dataFolder?: string;
}

/** Which orgs to start, and how they behave. */
export interface LocalOrgsOptions extends CommonOptions {
  /** Without it, `sandbox` and `production` are started. */
  orgs?: LocalOrgOptions[];
}

/** All local orgs of one process. */
export interface LocalOrgs {
  orgs: RunningOrg[];
  /** Closes all servers and connections, and saves the orgs if there is a data folder. */
  stop(): Promise<void>;
}

/** One local org, alone in its process. */
export type LocalOrg = RunningOrg & Pick<LocalOrgs, "stop">;

const defaultOrgs: LocalOrgOptions[] = [
  { name: "sandbox", isSandbox: true },
  { name: "production", isSandbox: false },
];

/**
 * Serves one org on loopback, and resolves when it answers.
 *
 * @throws Error as `startLocalOrgs`
 */
export async function startLocalOrg(org: LocalOrgOptions, options: CommonOptions = {}): Promise<LocalOrg> {
  const { orgs, stop } = await startLocalOrgs({ ...options, orgs: [org] });
  const [running] = orgs as [RunningOrg];
  return { ...running, stop };
}

/**
 * Serves orgs on loopback, each on its own port, and resolves when all of them answer.
 *
 * @throws Error if a port is in use, a name is not usable, or the stored state cannot be read
 */
export async function startLocalOrgs(options: LocalOrgsOptions = {}): Promise<LocalOrgs> {
  const wanted = options.orgs ?? defaultOrgs;
  refuseUnusableNames(wanted);
  const store = options.dataFolder === undefined ? undefined : await openStore(options.dataFolder);
  const behaviour = behaviourOf(options.behaviour ?? {});
  const prepared = await Promise.all(
    wanted.map(async (one) => ({ ...one, org: await loadOrCreate(one, behaviour, store) })),
  );
  const allOrgs = prepared.map(({ org }) => org);
  const running: RunningOrg[] = [];
  const close = () => Promise.all(running.map((one) => one.close()));
  try {
    for (const { org, port = 0, cpqPort = 0 } of prepared) {
      const changed = () => store?.save(org);
      running.push(
        await serveOrg(org, { port, cpqPort, faults: new FaultPlan(options.faults), allOrgs, changed }),
      );
    }
  } catch (error) {
    await close();
    throw error;
  }
  return {
    orgs: running,
    stop: async () => {
      await close();
      for (const org of allOrgs) store?.save(org);
    },
  };
}

/** A behaviour that is named, but undefined, is the default too. */
function behaviourOf(asked: Partial<OrgBehaviour>): OrgBehaviour {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  return { ...defaultBehaviour, ...Object.fromEntries(given) };
}

async function loadOrCreate(
  { name, isSandbox }: LocalOrgOptions,
  behaviour: OrgBehaviour,
  store: OrgStore | undefined,
): Promise<Org> {
  const stored = store?.load(name, { ...behaviour });
  if (stored && stored.isSandbox !== isSandbox) {
    const kind = stored.isSandbox ? "a sandbox" : "a production org";
    throw new Error(`The stored org "${name}" is ${kind}. Choose another name, or another data folder.`);
  }
  return stored ?? newOrg(name, isSandbox, { ...behaviour });
}

function refuseUnusableNames(orgs: LocalOrgOptions[]): void {
  for (const { name } of orgs) {
    // The name becomes part of a file name, a username and an alias.
    if (!/^[a-z0-9][a-z0-9-]{0,39}$/i.test(name)) {
      throw new Error(`"${name}" is no name for a local org: use up to 40 letters, digits and hyphens.`);
    }
    if (orgs.filter((other) => other.name.toLowerCase() === name.toLowerCase()).length > 1) {
      throw new Error(`Two local orgs cannot have the same name "${name}".`);
    }
  }
}
