import type { RunningOrgsRecord } from "../localorg/salesforceCli/runningOrgs.ts";
import { messagesOf } from "../messages.ts";

const columns = ["alias", "myDomainUrl", "cpqUrl", "username"] as const;

/** The running orgs as aligned lines. */
export function localOrgTable({ pid, orgs }: RunningOrgsRecord): string {
  const messages = messagesOf("localorg.start");
  const rows = [
    columns.map((column) => messages.getMessage(`title.${column}`)),
    ...orgs.map((org) => columns.map((column) => org[column])),
  ];
  const widths = columns.map((_column, index) => Math.max(...rows.map((row) => row[index]?.length ?? 0)));
  const lines = rows.map((row) =>
    `  ${row.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join("  ")}`.trimEnd(),
  );
  return [messages.getMessage("running", [String(pid)]), "", ...lines].join("\n");
}
