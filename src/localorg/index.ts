/**
 * The library `sf-plugin-cpq/localorg`: a Salesforce org on this machine, for the tests of programs that talk to one. It
 * loads neither oclif nor the Salesforce CLI's library.
 */
import type { OrgBehaviour } from "./behaviour.ts";
import type { OrgUser } from "./org.ts";
import { type RunningOrg, startLocalOrg as start } from "./start.ts";

export type { OrgBehaviour } from "./behaviour.ts";
export type { Org, OrgProfile, OrgUser } from "./org.ts";
export type { RunningOrg } from "./start.ts";

/** What the org should be like; all of it can be left out. */
export interface LocalOrgChoice {
  /** Letters, digits and hyphens. */
  name?: string;
  /** True without it. */
  isSandbox?: boolean;
  /** 0 takes a free port. */
  port?: number;
  behaviour?: Partial<OrgBehaviour>;
}

/** A running org. With `await using`, it stops at the end of the block. */
export interface LocalOrg extends RunningOrg, AsyncDisposable {
  /** My Domain URL. */
  url: string;
  /** Those of the org; who changes one changes the org. */
  users: OrgUser[];
  stop(): Promise<void>;
}

/**
 * Serves an org with its CPQ admin API on loopback.
 *
 * @throws Error if the port is in use, or the name is not usable
 */
export async function startLocalOrg(choice: LocalOrgChoice = {}): Promise<LocalOrg> {
  const { name = "sandbox", isSandbox = true, port = 0, behaviour = {} } = choice;
  const running = await start({ name, isSandbox, port }, { behaviour });
  return {
    ...running,
    url: running.org.myDomainUrl,
    users: running.org.users,
    [Symbol.asyncDispose]: running.stop,
  };
}
