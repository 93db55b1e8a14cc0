import { type LocalOrgsOptions, type RunningOrg, startLocalOrgs } from "../start.ts";
import { type Authorization, authorize, removeAuthorizations } from "./authorizations.ts";
import { type RunningOrgEntry, type RunningOrgsRecord, removeRecord, writeRecord } from "./runningOrgs.ts";

/** Local orgs that the Salesforce CLI knows. */
export interface ServedOrgs {
  orgs: RunningOrg[];
  record: RunningOrgsRecord;
  /** Takes the authorizations away, and stops the orgs. */
  stop(): Promise<void>;
}

/** Starts local orgs, makes the Salesforce CLI know them, and records them. What was begun is undone where a step fails. */
export async function serveOrgs(options: LocalOrgsOptions): Promise<ServedOrgs> {
  const served = await startLocalOrgs(options);
  const added: Authorization[] = [];
  const stop = async () => {
    await removeAuthorizations(added);
    await removeRecord();
    await served.stop();
  };
  try {
    const orgs: RunningOrgEntry[] = [];
    // One after the other: the CLI's files of aliases are shared by all.
    for (const running of served.orgs) {
      const authorization = await authorize(running);
      added.push(authorization);
      const { id, name, isSandbox, myDomainUrl } = running.org;
      orgs.push({ ...authorization, id, name, isSandbox, myDomainUrl, cpqUrl: running.cpqUrl });
    }
    const record = { pid: process.pid, startedAt: new Date().toISOString(), orgs };
    await writeRecord(record);
    return { orgs: served.orgs, record, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
