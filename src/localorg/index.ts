/**
 * The library `sf-plugin-cpq/localorg`: a Salesforce org on this machine, for the tests of programs that talk to one. It
 * loads neither oclif nor the Salesforce CLI's library.
 */
import type { OrgBehaviour } from "./behaviour.ts";
import type { FaultInput } from "./faults/fault.ts";
import type { OrgUser } from "./org.ts";
import { type AppCredentials, installReadyApp, type ReadyApp } from "./readyApp.ts";
import { type RunningOrg, startLocalOrg as start } from "./start.ts";

export type { OrgBehaviour } from "./behaviour.ts";
export type { FaultInput } from "./faults/fault.ts";
export type { FaultPlan, SeenRequest } from "./faults/faultPlan.ts";
export type { Org, OrgConnectedApp, OrgProfile, OrgUser } from "./org.ts";
export type { AppCredentials, ReadyApp } from "./readyApp.ts";
export type { RunningOrg } from "./start.ts";

/** What the org should be like; all of it can be left out. */
export interface LocalOrgChoice {
  /** Letters, digits and hyphens; `sandbox` without it. */
  name?: string;
  /** True without it. */
  isSandbox?: boolean;
  /** 0, as without it, takes a free port. */
  port?: number;
  /** How the org behaves, such as its clock, or how long a new app is unknown. */
  behaviour?: Partial<OrgBehaviour>;
  /** Apps that give tokens from the start. Others can be deployed to the org, as to any. */
  apps?: readonly ReadyApp[];
  /** What goes wrong on the way to the org and its CPQ admin API; `faults.set` replaces it later. */
  faults?: readonly FaultInput[];
}

/** A running org. With `await using`, it stops at the end of the block. */
export interface LocalOrg extends RunningOrg, AsyncDisposable {
  /** My Domain URL. */
  url: string;
  /** Those of the org; who changes one changes the org. */
  users: OrgUser[];
  /** The apps that were asked for, in their order. */
  apps: AppCredentials[];
  /** Closes its servers and connections. */
  stop(): Promise<void>;
}

/**
 * Serves an org with its CPQ admin API on loopback.
 *
 * @throws Error if the port is in use, the name is not usable, or an app or a fault cannot be
 */
export async function startLocalOrg(choice: LocalOrgChoice = {}): Promise<LocalOrg> {
  const { name = "sandbox", isSandbox = true, port = 0, behaviour = {}, apps = [], faults = [] } = choice;
  const running = await start({ name, isSandbox, port }, { behaviour, faults });
  try {
    return {
      ...running,
      url: running.org.myDomainUrl,
      users: running.org.users,
      apps: apps.map((app) => installReadyApp(running.org, app)),
      [Symbol.asyncDispose]: running.stop,
    };
  } catch (error) {
    await running.stop();
    throw error;
  }
}
