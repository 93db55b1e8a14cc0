import { readFileSync } from "node:fs";
import type { KindName } from "../../app/kindName.ts";
import { placeOf } from "../../app/place.ts";
import { messagesOf } from "../../messages.ts";
import { appsOfFiles, type FoundFile } from "../../metadata/appFiles.ts";
import { elementPath } from "../../metadata/fields.ts";
import { kinds } from "../../metadata/kinds.ts";
import { textsAt } from "../../metadata/xmlElement.ts";
import { placeOfElement } from "../../metadata/xmlProblem.ts";
import { type MetadataFolder, readMetadataFiles } from "../../project/metadataFiles.ts";
import type { FoundApps, ImportFailure } from "./foundApps.ts";

const messages = messagesOf("connectedapp.import");

/**
 * The apps of the metadata files in a folder, and what cannot be read.
 *
 * @throws SfError `SourceMissingError` or `InvalidProjectError`
 */
export async function appsOfFolder(folder: string): Promise<FoundApps> {
  const found = await readMetadataFiles(folder);
  const broken = found.unreadable.flatMap(({ component, fullName }) =>
    component === undefined ? [] : [{ component, fullName }],
  );
  const { apps, problems } = appsOfFiles(found.files, broken);
  const isHere = (appName: string) =>
    apps.some(({ kind, name }) => kind === "ExternalClientApp" && name === appName);
  return {
    apps: apps.map((app) => ({
      ...app,
      origin: app.files[0]?.path ?? folder,
      setup: undefined,
      secretPlaces: app.files.flatMap((file) => placeOfSecret(app.kind, file)),
      further:
        app.kind === "ExternalClientApp" ? found.further.filter(({ appName }) => appName === app.name) : [],
    })),
    failures: [
      ...unreadable(found),
      ...problems.map((problem) => ({
        place: placeOf({ file: problem.path, line: 1, column: 1 }),
        message: messages.getText(problem),
      })),
    ],
    skipped: [
      ...found.ignored.map((path) => messages.getMessage("ignored", [path])),
      ...found.further
        .filter(({ appName }) => !isHere(appName))
        .map(({ path, type, appName }) => messages.getMessage("furtherAlone", [path, type, appName])),
    ],
  };
}

function unreadable({ unreadable: files }: MetadataFolder): ImportFailure[] {
  return files.map(({ path, line, column, reason }) => ({
    place: placeOf({ file: path, line, column }),
    message: reason,
  }));
}

/** Where a file holds the consumer secret in plain text. */
function placeOfSecret(kind: KindName, { path, component, content }: FoundFile): string[] {
  const { component: type, secret } = kinds[kind].consumer;
  const elements = elementPath(secret);
  if (component.type !== type || textsAt(content, elements).every((text) => text.trim() === "")) return [];
  return [placeOf({ file: path, ...placeOfElement(readFileSync(path, "utf8"), elements.at(-1) ?? "") })];
}
