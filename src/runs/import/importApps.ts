import { join } from "node:path";
import type { KindName } from "../../app/kindName.ts";
import { patternOf } from "../../app/namePattern.ts";
import { reasonOf } from "../../app/reasonOf.ts";
import { createWhole, isFileError } from "../../files/wholeFile.ts";
import { messagesOf } from "../../messages.ts";
import { metadataFolders } from "../../project/salesforceProject.ts";
import type { Import, ImportedApp } from "../../results/import.ts";
import { SfError } from "../../sfError.ts";
import { appsOfFolder } from "./appsOfFolder.ts";
import { appsOfOrg, type OrgApps } from "./appsOfOrg.ts";
import type { FoundApps, ImportFailure } from "./foundApps.ts";
import { specOfApp } from "./importedSpec.ts";
import type { Legacy } from "./legacyAssetToken.ts";

const messages = messagesOf("connectedapp.import");

/** What the user asked for. */
export interface ImportOptions {
  source: { folder: string } | { org: OrgApps };
  /** Undefined for both kinds. */
  kind: KindName | undefined;
  /** Patterns of API names that are passed over. */
  exclude: readonly string[];
  outputFolder: string;
  legacy: Legacy;
}

/**
 * Writes a spec for each app of an org or of a folder. Nothing is overwritten.
 *
 * @throws SfError `NothingToImportError`, `SourceMissingError`, or `ImportFailed` if something could not be imported;
 *   its data holds what was written nevertheless, and the failures
 */
export async function importApps(options: ImportOptions): Promise<Import> {
  const { source, outputFolder } = options;
  const { apps: found, failures, skipped } = await findApps(options);
  if (found.length + failures.length + skipped.length === 0)
    throw messages.createError("nothingToImport", [
      "folder" in source ? metadataFolders(source.folder).join(", ") : (source.org.targetOrg ?? ""),
    ]);
  const apps: ImportedApp[] = [];
  for (const app of found) {
    const result = specOfApp(app, options.legacy);
    if ("problems" in result) {
      failures.push(...result.problems.map((message) => ({ place: app.origin, message })));
      continue;
    }
    const { text, notes, isLegacy } = result.spec;
    const file = join(
      outputFolder,
      `${app.name}${apps.some(({ name }) => name === app.name) ? ".external-client-app" : ""}.yaml`,
    );
    const message = writeNew(file, text);
    if (message === undefined) apps.push({ kind: app.kind, name: app.name, file, notes, isLegacy });
    else failures.push({ place: file, message });
  }
  if (failures.length > 0) throw importFailed({ apps, skipped }, failures);
  return { apps, skipped };
}

async function findApps({ source, kind, exclude }: ImportOptions): Promise<FoundApps> {
  if ("org" in source) return appsOfOrg(source.org, kind, exclude);
  const found = await appsOfFolder(source.folder);
  const ofKind = found.apps.filter((app) => kind === undefined || app.kind === kind);
  const excluded = ofKind.flatMap((app) => {
    const pattern = patternOf(app.name, exclude);
    return pattern === undefined ? [] : [messages.getMessage("excluded", [app.kind, app.name, pattern])];
  });
  return {
    ...found,
    apps: ofKind.filter(({ name }) => patternOf(name, exclude) === undefined),
    skipped: [...found.skipped, ...excluded],
  };
}

/** Writes a file that does not exist yet. Otherwise returns why not. */
function writeNew(file: string, text: string): string | undefined {
  try {
    createWhole(file, text);
    return undefined;
  } catch (error) {
    return isFileError(error, "EEXIST") ? messages.getMessage("fileExists") : reasonOf(error);
  }
}

/** What a user reads of an import: the specs that were written, each with what is not in it, and what was passed over. */
export function importText({ apps }: Pick<Import, "apps">): string[] {
  return apps.flatMap(({ file, kind, name, notes }) => [
    messages.getMessage("written", [file, kind, name]),
    ...notes.map((note) => `  ${note}`),
  ]);
}

function importFailed({ apps, skipped }: Import, failures: readonly ImportFailure[]): SfError {
  const lines = [
    failures.map(({ place, message }) => `${place}  ${message}`),
    importText({ apps }),
    [...skipped],
  ];
  return SfError.create({
    name: "ImportFailed",
    message: [
      [messages.getMessage("failed", [failures.length, apps.length])],
      ...lines.filter((part) => part.length > 0),
    ]
      .map((part) => part.join("\n"))
      .join("\n\n"),
    actions: messages.getMessages("failed.actions"),
    data: {
      apps: apps.map((app) => ({ ...app, notes: [...app.notes] })),
      skipped: [...skipped],
      failures: failures.map((failure) => ({ ...failure })),
    },
  });
}
