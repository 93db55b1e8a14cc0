import { administrator } from "./administrator.ts";
import { startCpqServer } from "./cpq/server.ts";
import { type LoopbackServer, serveOnLoopback } from "./http/loopbackServer.ts";
import { newOrgApp } from "./http/orgApp.ts";
import { metadataRoutes } from "./metadata/routes.ts";
import { issueOpaqueToken, validToken } from "./oauth/accessToken.ts";
import { oauthRoutes } from "./oauth/routes.ts";
import { allowsApi } from "./oauth/scopes.ts";
import type { Org, OrgBehaviour, OrgUser } from "./org.ts";
import { restRoutes } from "./rest/routes.ts";
import { DEFAULT_BEHAVIOUR, newOrg } from "./seed.ts";
import { type OrgStore, openStore } from "./store.ts";
import { hasPermission } from "./userPermissions.ts";

/** Which orgs to start, and how they behave. */
export interface LocalOrgsOptions {
  /** Without it, `sandbox` and `production` are started. A port of 0, the default, takes a free one. */
  orgs?: LocalOrgOptions[];
  behaviour?: Partial<OrgBehaviour>;
  /** Keeps the orgs' state over restarts; without it, all is in memory. */
  dataFolder?: string;
}

/** One org to start. */
interface LocalOrgOptions {
  /** Letters, digits and hyphens; unique in the process. */
  name: string;
  isSandbox: boolean;
  port?: number;
  /** Port of the CPQ admin API; 0, the default, takes a free one. */
  cpqPort?: number;
}

/** A local org that is being served. */
export interface RunningOrg {
  org: Org;
  /** Alias under which the sf CLI may know it: `local-` and the org's name. */
  alias: string;
  adminUsername: string;
  /** Opaque session Id of the administrator (`00D…!…`), as `sf org login access-token` takes it. */
  accessToken: string;
  /** Base URL of the CPQ admin API that trusts this org, without a trailing slash. */
  cpqUrl: string;
  /** How many HTTP requests the org has answered since its start, the key look-ups of its CPQ admin API among them. */
  requestCount(): number;
}

/** All local orgs of one process. */
export interface LocalOrgs {
  orgs: RunningOrg[];
  /** Saves the orgs, where there is a data folder, and closes all servers and connections. */
  stop(): Promise<void>;
}

const DEFAULT_ORGS: LocalOrgOptions[] = [
  { name: "sandbox", isSandbox: true },
  { name: "production", isSandbox: false },
];

/**
 * Serves the orgs on loopback, each on its own port, and resolves when all of them answer.
 *
 * @throws {Error} A port is in use, a name is not usable, or the stored state cannot be read.
 */
export async function startLocalOrgs(options: LocalOrgsOptions = {}): Promise<LocalOrgs> {
  const orgOptions = options.orgs ?? DEFAULT_ORGS;
  refuseUnusableNames(orgOptions);
  const store = options.dataFolder === undefined ? undefined : await openStore(options.dataFolder);
  const behaviour = behaviourOf(options.behaviour ?? {});
  const orgs = await Promise.all(orgOptions.map((org) => loadOrCreate(org, behaviour, store)));
  const servers: LoopbackServer[] = [];
  const stop = async () => {
    await Promise.all(servers.map((server) => server.close()));
    for (const org of orgs) store?.save(org);
  };
  try {
    const running: RunningOrg[] = [];
    for (const [index, org] of orgs.entries()) {
      running.push(
        await serveOrg(org, orgs, orgOptions[index] ?? { name: org.name, isSandbox: false }, store, servers),
      );
    }
    return { orgs: running, stop };
  } catch (error) {
    await Promise.all(servers.map((server) => server.close()));
    throw error;
  }
}

/** A behaviour that is named, but undefined, is the default too. */
function behaviourOf(asked: Partial<OrgBehaviour>): OrgBehaviour {
  const given = Object.entries(asked).filter(([, value]) => value !== undefined);
  return { ...DEFAULT_BEHAVIOUR, ...Object.fromEntries(given) };
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

async function serveOrg(
  org: Org,
  allOrgs: Org[],
  { port = 0, cpqPort = 0 }: LocalOrgOptions,
  store: OrgStore | undefined,
  servers: LoopbackServer[],
): Promise<RunningOrg> {
  let requestCount = 0;
  const changed = () => store?.save(org);
  const admin = administrator(org);
  const accessToken = adminSession(org, admin);
  const app = newOrgApp(org.behaviour, () => {
    requestCount++;
  });
  app.route("/", oauthRoutes(org, changed));
  app.route("/", metadataRoutes({ org, allOrgs, authenticate: authenticator(org), changed }));
  app.route(
    "/",
    restRoutes(org, changed, () => requestCount),
  );
  const server = await serveOnLoopback(app, port);
  servers.push(server);
  org.myDomainUrl = `http://localhost:${server.port}`;
  const cpqServer = await startCpqServer(org, cpqPort);
  servers.push(cpqServer);
  changed();
  return {
    org,
    alias: `local-${org.name}`,
    adminUsername: admin.username,
    accessToken,
    cpqUrl: `http://localhost:${cpqServer.port}`,
    requestCount: () => requestCount,
  };
}

/** The administrator's session that has no end: the stored one, or a new one. */
function adminSession(org: Org, admin: OrgUser): string {
  for (const [token, { userId, expiresAt }] of org.sessions) {
    if (userId === admin.id && expiresAt === undefined) return token;
  }
  return issueOpaqueToken(org, admin);
}

function authenticator(org: Org) {
  return async (token: string, protocol: "soap" | "rest"): Promise<OrgUser | undefined> => {
    const found = await validToken(org, token);
    if (!found || !hasPermission(org, found.user, "ApiEnabled") || !allowsApi(found.scopes)) return undefined;
    return protocol === "soap" && found.format === "jwt" ? undefined : found.user;
  };
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
