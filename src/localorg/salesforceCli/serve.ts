import { type LocalOrgsOptions, type RunningOrg, startLocalOrgs } from "../start.ts";
import { authorize, removeAuthorizations } from "./authorizations.ts";
import { addRecord, type RunningOrgEntry, type RunningOrgsRecord, removeRecord } from "./runningOrgs.ts";

/** Local orgs that the Salesforce CLI knows. */
export interface ServedOrgs {
  orgs: RunningOrg[];
  record: RunningOrgsRecord;
  /** Removes the authorizations, and stops the orgs. */
  stop(): Promise<void>;
}

/**
 * Starts local orgs, makes the Salesforce CLI know them, and records them. If a step fails, what was begun is undone.
 *
 * @throws Error if the orgs cannot be served, or others run already
 */
export async function serveOrgs(options: LocalOrgsOptions): Promise<ServedOrgs> {
  const served = await startLocalOrgs(options);
  const record: RunningOrgsRecord = {
    pid: process.pid,
    startedAt: new Date().toISOString(),
    behaviour: options.behaviour ?? {},
    orgs: served.orgs.map(entryOf),
  };
  // Before anything is added to the CLI, so that the next start can clean up even after a crash in between.
  await addRecord(record).catch(async (error: unknown) => {
    await served.stop();
    throw error;
  });
  const stop = async () => {
    await served.stop();
    await removeAuthorizations(record.orgs);
    // Last, because its end tells others that everything is done.
    await removeRecord(record);
  };
  try {
    // One after the other: the CLI's files of aliases are shared by all.
    for (const org of served.orgs) await authorize(org);
    return { orgs: served.orgs, record, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function entryOf({ alias, adminUsername, cpqUrl, org }: RunningOrg): RunningOrgEntry {
  const { id, name, isSandbox, myDomainUrl } = org;
  return { alias, username: adminUsername, id, name, isSandbox, myDomainUrl, cpqUrl };
}
