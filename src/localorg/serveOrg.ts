import { administrator } from "./administrator.ts";
import { startCpqServer } from "./cpq/server.ts";
import type { FaultPlan } from "./faults/faultPlan.ts";
import { serveOnLoopback } from "./http/loopbackServer.ts";
import { newOrgApp } from "./http/orgApp.ts";
import { metadataRoutes } from "./metadata/routes.ts";
import { adminSession } from "./oauth/accessToken.ts";
import { oauthRoutes } from "./oauth/routes.ts";
import type { Org } from "./org.ts";
import { restRoutes } from "./rest/routes.ts";

/** A local org that is being served. */
export interface RunningOrg {
  org: Org;
  /** Alias under which the sf CLI may know it: `local-` and the org's name. */
  alias: string;
  adminUsername: string;
  /** Opaque session Id of the administrator (`00D…!…`), as `sf org login access-token` accepts it. */
  accessToken: string;
  /** Base URL of the CPQ admin API that trusts this org, without a trailing slash. */
  cpqUrl: string;
  /**
   * The key that the CPQ admin API accepts below `/api`. Below `/a`, it accepts the org's JWTs. New with each start.
   */
  cpqAdminApiKey: string;
  /** What goes wrong on the way to the org and its CPQ admin API, and what they were asked. */
  faults: FaultPlan;
  /** How many HTTP requests the org has answered since its start, the key look-ups of its CPQ admin API among them. */
  requestCount(): number;
  /** Closes its servers and connections. */
  close(): Promise<void>;
}

/** How an org is served. */
interface Serving {
  /** 0 takes a free one. */
  port: number;
  /** Port of the CPQ admin API; 0 takes a free one. */
  cpqPort: number;
  faults: FaultPlan;
  /** All orgs of this process: a consumer key is unique over all of them. */
  allOrgs: Org[];
  /** Called after each change that must outlive a restart. */
  changed(): void;
}

/**
 * Serves an org on loopback, and its CPQ admin API on another port.
 *
 * @throws Error if a port is in use
 */
export async function serveOrg(
  org: Org,
  { port, cpqPort, faults, allOrgs, changed }: Serving,
): Promise<RunningOrg> {
  let requests = 0;
  const requestCount = () => requests;
  const app = newOrgApp(org.behaviour, faults, () => {
    requests++;
  });
  app.route("/", oauthRoutes(org, allOrgs, changed));
  app.route("/", metadataRoutes({ org, allOrgs, changed }));
  app.route("/", restRoutes(org, changed, requestCount));
  const admin = administrator(org);
  const accessToken = adminSession(org, admin);
  const server = await serveOnLoopback(app, port);
  org.myDomainUrl = `http://localhost:${server.port}`;
  const cpqServer = await startCpqServer(org, faults, cpqPort).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  changed();
  return {
    org,
    alias: `local-${org.name}`,
    adminUsername: admin.username,
    accessToken,
    cpqUrl: `http://localhost:${cpqServer.port}`,
    cpqAdminApiKey: cpqServer.adminApiKey,
    faults,
    requestCount,
    close: async () => {
      await Promise.all([server.close(), cpqServer.close()]);
    },
  };
}
