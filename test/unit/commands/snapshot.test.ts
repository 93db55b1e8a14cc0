import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

const root = join(import.meta.dirname, "..", "..", "..");

interface Flag {
  char?: string;
  aliases?: string[];
  charAliases?: string[];
}

interface Command {
  id: string;
  aliases: string[];
  flags: Record<string, Flag>;
  pluginName: string;
}

const manifest = join(root, "oclif.manifest.json");
const { commands }: { commands: Record<string, Command> } = JSON.parse(readFileSync(manifest, "utf8"));

/** A command as the Salesforce CLI's own plugins keep it in their `command-snapshot.json`. */
function snapshotOf({ id, aliases, flags, pluginName }: Command) {
  const all = Object.values(flags);
  return {
    alias: [...aliases].sort(),
    command: id,
    flagAliases: all.flatMap((flag) => flag.aliases ?? []).sort(),
    flagChars: all
      .flatMap(({ char, charAliases = [] }) => (char === undefined ? [] : [char, ...charAliases]))
      .sort(),
    flags: Object.keys(flags).sort(),
    plugin: pluginName,
  };
}

test("commands, flags, short flags and aliases are those that users know; a change on purpose is kept by: npx vitest run test/unit/commands -u", async () => {
  const snapshot = Object.values(commands)
    .map(snapshotOf)
    .sort((one, other) => (one.command < other.command ? -1 : 1));
  await expect(`${JSON.stringify(snapshot, null, 2)}\n`).toMatchFileSnapshot(
    join(root, "command-snapshot.json"),
  );
});
