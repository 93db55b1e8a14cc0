import type { Org, OrgBehaviour } from "./org.ts";

/** Which orgs to start, and how they behave. */
export interface LocalOrgsOptions {
  /** Without it, `sandbox` and `production` are started. A port of 0, the default, takes a free one. */
  orgs?: { name: string; isSandbox: boolean; port?: number }[];
  behaviour?: Partial<OrgBehaviour>;
  /** Keeps the orgs' state over restarts; without it, all is in memory. */
  dataFolder?: string;
}

/** A local org that is being served. */
export interface RunningOrg {
  org: Org;
  /** Alias under which the sf CLI may know it: `local-` and the org's name. */
  alias: string;
  adminUsername: string;
  /** Opaque session Id of the administrator (`00D…!…`), as `sf org login access-token` takes it. */
  accessToken: string;
  /** How many HTTP requests the org has answered since its start. */
  requestCount(): number;
}

/** All local orgs of one process. */
export interface LocalOrgs {
  orgs: RunningOrg[];
  stop(): Promise<void>;
}

/** Serves the orgs on loopback, each on its own port, and resolves when all of them answer. */
export async function startLocalOrgs(_options: LocalOrgsOptions = {}): Promise<LocalOrgs> {
  throw new Error("not there yet");
}
