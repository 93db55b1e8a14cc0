import type { DesiredApp } from "../../../src/app/desiredApp.ts";
import type { Settings } from "../../../src/app/settings.ts";
import { readApp } from "../../../src/metadata/read.ts";
import { render } from "../../../src/metadata/render.ts";
import { loadOpenSpec, type ReadSpec, readSpecOf } from "../../../src/project/readSpec.ts";
import type { OrgReading } from "../../../src/runs/appInOrg/readOrg.ts";
import { resolve } from "../../../src/spec/resolve.ts";
import { parseSpecFile } from "../../../src/spec/specDocument.ts";

/** The only spec of a text, as if it had been read from a file, and the app that it wants. */
export function specOf(text: string, environment?: string): { spec: ReadSpec; desired: DesiredApp } {
  const file = "app.yaml";
  const { documents, shownSource } = parseSpecFile(text, file);
  const [document] = documents;
  if (document === undefined) throw new Error("There is no document.");
  const result = loadOpenSpec({ document }, { environment }, {});
  if (!("loaded" in result)) throw new Error(JSON.stringify(result.problems));
  const open = { file, index: 0, document, shownSource, environments: [] };
  return { spec: readSpecOf(open, result.loaded), desired: resolve(result.loaded.app) };
}

/** What an org has of an app that was deployed with such settings. */
export function readingOf(desired: DesiredApp, deployed: Settings = desired.settings): OrgReading {
  const files = render({ ...desired, settings: deployed }, { key: "KeyOfTheOrg" });
  const found = readApp(desired.kind, files);
  return {
    // What Setup alone shows of a connected app is as it was set there.
    actual: { ...found, settings: { ...found.settings, ...setupOnly(deployed) } },
    files,
    lastChange: undefined,
    permissionSets: [],
    profiles: [],
    setupUnreadable: undefined,
    installed: true,
    users: [],
  };
}

function setupOnly({ "oauth.accessToken.timeout": timeout }: Settings): Settings {
  return timeout === undefined ? {} : { "oauth.accessToken.timeout": timeout };
}
