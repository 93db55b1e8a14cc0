import { messagesOf } from "../messages.ts";
import type { MigrationRow } from "../results/migration.ts";
import { alignedLines } from "./table.ts";

const notes = ["kind", "consumer", "oauth.scopes", "oauth.accessToken.timeout"] as const;

const messages = messagesOf("connectedapp.migrate");

/** The table of a migration: what carries over, what changes, what has no counterpart. */
export function migrationText(rows: readonly MigrationRow[]): string {
  return alignedLines(
    rows.map(({ path, outcome }) => {
      const note = outcome === "changes" ? notes.find((noted) => noted === path) : undefined;
      return [
        path,
        messages.getMessage(`outcome.${outcome}`),
        note === undefined ? "" : messages.getMessage(`note.${note}`),
      ];
    }),
  )
    .map((line) => `  ${line}`)
    .join("\n");
}
