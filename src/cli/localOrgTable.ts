import type { RunningOrgsRecord } from "../localorg/salesforceCli/runningOrgs.ts";
import { messagesOf } from "../messages.ts";
import { alignedLines } from "../report/table.ts";

const columns = ["alias", "myDomainUrl", "cpqUrl", "username"] as const;

/** The running orgs as aligned lines. */
export function localOrgTable({ pid, orgs }: RunningOrgsRecord): string {
  const messages = messagesOf("localorg.start");
  const rows = [
    columns.map((column) => messages.getMessage(`title.${column}`)),
    ...orgs.map((org) => columns.map((column) => org[column])),
  ];
  const lines = alignedLines(rows).map((line) => `  ${line}`);
  return [messages.getMessage("running", [pid]), "", ...lines].join("\n");
}
