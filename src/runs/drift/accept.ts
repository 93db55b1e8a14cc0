import { readFileSync } from "node:fs";
import { compare } from "../../app/compare.ts";
import { reasonOf } from "../../app/reasonOf.ts";
import type { SettingPath, SettingValue } from "../../app/settings.ts";
import { changeLockedFile } from "../../files/lockedFile.ts";
import { messagesOf } from "../../messages.ts";
import { loadOpenSpec, type OpenSpec, openSpecs } from "../../project/readSpec.ts";
import type { AppDrift, Drift, DriftReport } from "../../results/drift.ts";
import { editSpec, SpecNotEditable } from "../../spec/edit.ts";
import { loadSpec } from "../../spec/load.ts";
import { resolve } from "../../spec/resolve.ts";
import { parseSpecFile } from "../../spec/specDocument.ts";
import { yamlValue } from "../../spec/write.ts";

/**
 * Writes what the orgs have into the specs, for the paths that are named: into the environment if the spec has
 * environments, so that no other environment changes. Comments and order stay.
 *
 * @returns the report as it is from now on: what was accepted is no longer drift
 * @throws SfError `NothingToAcceptError`, `NotAcceptableError` or `NotEditableError`; then no file was changed
 */
export async function acceptDrifts(report: DriftReport, paths: readonly string[]): Promise<DriftReport> {
  const found = paths.flatMap((path) => acceptable(report.apps, path));
  const byFile = [...Map.groupBy(found, ({ app }) => app.specFile)];
  const changes = byFile.map(([file, edits]) => ({
    file,
    change: (text: string) => edits.reduce((result, { app, drift }) => edited(result, app, drift), text),
  }));
  // Either all files can be changed, or none is.
  for (const { file, change } of changes) change(readFileSync(file, "utf8"));
  for (const { file, change } of changes) await changeLockedFile(file, change);
  const accepted = new Set(found.map(({ drift }) => drift));
  return { ...report, apps: report.apps.map((app) => withAccepted(app, accepted)) };
}

function withAccepted(app: AppDrift, all: ReadonlySet<Drift>): AppDrift {
  const { accepted = [], left = [] } = Object.groupBy(app.drifts, (drift) =>
    all.has(drift) ? "accepted" : "left",
  );
  if (accepted.length === 0) return app;
  const settled = app.failure === undefined ? "inSync" : "unchecked";
  return { ...app, state: left.length > 0 ? "drifted" : settled, drifts: left, accepted };
}

function acceptable(apps: readonly AppDrift[], path: string): { app: AppDrift; drift: Drift }[] {
  const messages = messagesOf("connectedapp.drift");
  const all = apps.flatMap((app) => app.drifts.map((drift) => ({ app, drift })));
  const found = all.filter(({ drift }) => drift.path === path);
  if (found.length === 0) {
    const known = [...new Set(all.map(({ drift }) => drift.path))];
    throw messages.createError("nothingToAccept", [path, known.join(", ") || "-"]);
  }
  const settings = found.filter(({ drift: { kind } }) => kind === "setting" || kind === "unmentioned");
  if (settings.length === 0)
    throw messages.createError("notAcceptable", [path, found[0]?.drift.detail ?? ""]);
  return settings;
}

function edited(source: string, app: AppDrift, drift: Drift): string {
  const open = openedSpec(app);
  const path = drift.path as SettingPath;
  const keys = path.split(".");
  const own = app.environment === undefined ? undefined : ["environments", app.environment, ...keys];
  const { actual } = drift;
  try {
    const text =
      actual !== undefined
        ? editSpec(source, { set: [[own ?? keys, yamlValue(path, actual)]] }, open.index)
        : own === undefined
          ? editSpec(source, { remove: [keys] }, open.index)
          : editSpec(source, { set: [[own, null]] }, open.index);
    requireSays(text, open, app, path, actual);
    return text;
  } catch (error) {
    const reason =
      error instanceof SpecNotEditable ? messagesOf("spec").getText(error.text) : reasonOf(error);
    throw messagesOf("connectedapp.drift").createError("notEditable", [app.specFile, path, reason]);
  }
}

function openedSpec({ specFile, environment, kind, name }: AppDrift): OpenSpec {
  for (const open of openSpecs([specFile])) {
    const result = loadOpenSpec(open, { environment });
    if ("loaded" in result && result.loaded.app.kind === kind && result.loaded.app.name === name) return open;
  }
  throw new Error(`${kind} ${name}`);
}

/** An edit that would not say what it should is not written. */
function requireSays(
  text: string,
  { file, index }: OpenSpec,
  { environment }: AppDrift,
  path: SettingPath,
  value: SettingValue | undefined,
): void {
  const document = parseSpecFile(text, file).documents[index];
  const result = document === undefined ? { problems: [] } : loadSpec(document, process.env, { environment });
  if ("problems" in result) throw new Error(result.problems.map(({ id }) => id).join(", "));
  const said = resolve(result.loaded.app).settings;
  const wanted = value === undefined ? {} : { [path]: value };
  if (value === undefined ? said[path] !== undefined : compare(wanted, said).length > 0)
    throw new Error(JSON.stringify(said[path]));
}
