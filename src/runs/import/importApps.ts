import { join } from "node:path";
import { SfError } from "@salesforce/core/sfError";
import type { KindName } from "../../app/desiredApp.ts";
import { placeOf } from "../../app/place.ts";
import { reasonOf } from "../../app/reasonOf.ts";
import { createWhole, isFileError } from "../../files/wholeFile.ts";
import { messagesOf } from "../../messages.ts";
import { appsOfFiles } from "../../metadata/appFiles.ts";
import { readMetadataFiles } from "../../project/metadataFiles.ts";
import { metadataFolders } from "../../project/salesforceProject.ts";
import type { Import, ImportedApp } from "../../results/import.ts";
import { appsOfOrg, type OrgApps } from "./appsOfOrg.ts";
import { type FoundApp, specOfApp } from "./importedSpec.ts";
import type { Legacy } from "./legacyAssetToken.ts";

/** What the user asked for. */
export interface ImportOptions {
  source: { folder: string } | { org: OrgApps };
  /** Undefined for both kinds. */
  kind: KindName | undefined;
  outputFolder: string;
  legacy: Legacy;
}

/** What could not be imported: a file, or an app of an org. */
export interface ImportFailure {
  /** File with line and column, or the org. */
  place: string;
  message: string;
}

interface Found {
  apps: FoundApp[];
  failures: ImportFailure[];
  skipped: string[];
}

/**
 * Writes a spec for each app of an org or of a folder. Nothing is overwritten.
 *
 * @throws SfError `NothingToImportError`, `SourceMissingError`, or `ImportFailed` where something could not be imported;
 *   its data holds what was written all the same, and the failures
 */
export async function importApps(options: ImportOptions): Promise<Import> {
  const { source, outputFolder } = options;
  const messages = messagesOf("connectedapp.import");
  const found =
    "folder" in source
      ? await appsOfFolder(source.folder, options.kind)
      : await appsOfOrg(source.org, options.kind);
  const { failures, skipped } = found;
  if (found.apps.length + failures.length + skipped.length === 0)
    throw messages.createError("nothingToImport", [
      "folder" in source ? metadataFolders(source.folder).join(", ") : (source.org.targetOrg ?? ""),
    ]);
  const apps: ImportedApp[] = [];
  for (const app of found.apps) {
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
  if (failures.length > 0) throw importFailed(apps, failures);
  return { apps, skipped };
}

async function appsOfFolder(folder: string, kind: KindName | undefined): Promise<Found> {
  const messages = messagesOf("connectedapp.import");
  const { files, unreadable, ignored } = await readMetadataFiles(folder);
  const broken = unreadable.flatMap(({ component, fullName }) =>
    component === undefined ? [] : [{ component, fullName }],
  );
  const { apps, problems } = appsOfFiles(files, broken);
  return {
    apps: apps
      .filter((app) => kind === undefined || app.kind === kind)
      .map((app) => ({ ...app, origin: app.files[0]?.path ?? folder, setup: undefined })),
    failures: [
      ...unreadable.map(({ path, line, column, reason }) => ({
        place: placeOf({ file: path, line, column }),
        message: reason,
      })),
      ...problems.map((problem) => ({
        place: placeOf({ file: problem.path, line: 1, column: 1 }),
        message: messages.getText(problem),
      })),
    ],
    skipped: ignored.map((path) => messages.getMessage("ignored", [path])),
  };
}

/** Writes a file that is not there yet; otherwise says why not. */
function writeNew(file: string, text: string): string | undefined {
  try {
    createWhole(file, text);
    return undefined;
  } catch (error) {
    return isFileError(error, "EEXIST")
      ? messagesOf("connectedapp.import").getMessage("fileExists")
      : reasonOf(error);
  }
}

function importFailed(apps: ImportedApp[], failures: ImportFailure[]): SfError {
  const messages = messagesOf("connectedapp.import");
  const lines = failures.map(({ place, message }) => `${place}  ${message}`);
  const written = apps.map(({ file, kind, name }) => messages.getMessage("written", [file, kind, name]));
  return SfError.create({
    name: "ImportFailed",
    message: [
      messages.getMessage("failed", [failures.length, apps.length]),
      "",
      ...lines,
      ...(written.length > 0 ? ["", ...written] : []),
    ].join("\n"),
    actions: messages.getMessages("failed.actions"),
    data: { apps: apps.map((app) => ({ ...app })), failures: failures.map((failure) => ({ ...failure })) },
  });
}
