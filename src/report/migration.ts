import type { Messages } from "@salesforce/core/messages";
import type { MigrationRow } from "../results/migration.ts";
import { alignedLines } from "./table.ts";

const notes = ["kind", "consumer", "oauth.accessToken.timeout"];

/** The table of a migration: what carries over, what changes, what has no counterpart. */
export function migrationText(rows: readonly MigrationRow[], messages: Messages<string>): string {
  return alignedLines(
    rows.map(({ path, outcome }) => [
      path,
      messages.getMessage(`outcome.${outcome}`),
      notes.includes(path) ? messages.getMessage(`note.${path}`) : "",
    ]),
  )
    .map((line) => `  ${line}`)
    .join("\n");
}
