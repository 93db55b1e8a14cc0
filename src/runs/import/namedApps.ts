import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import { readApp } from "../../metadata/read.ts";
import type { TargetOrg } from "../../org/connect.ts";
import type { ListedApp } from "../../org/listApps.ts";
import { retrieveApps } from "../../org/retrieve.ts";
import type { ImportFailure } from "./foundApps.ts";

const messages = messagesOf("connectedapp.import");

/** Apps that were asked for by name. */
interface NamedApps {
  wanted: ListedApp[];
  /** Why names stand for no app, or for more than one. */
  failures: ImportFailure[];
}

/**
 * The apps of an org that people name, by API name or, if no app has that, by label; those of packages too. The labels are
 * read only if they are needed.
 */
export async function namedApps(
  org: TargetOrg,
  names: readonly string[],
  listed: readonly ListedApp[],
): Promise<NamedApps> {
  const isApiName = (name: string) => listed.some((app) => app.name === name);
  const labels = names.every(isApiName) ? new Map<ListedApp, string>() : await readLabels(org, listed);
  const found = names.map((name) => ({
    name,
    apps: isApiName(name)
      ? listed.filter((app) => app.name === name)
      : listed.filter((app) => labels.get(app) === name),
    isLabel: !isApiName(name),
  }));
  const failures = found.flatMap(({ name, apps, isLabel }) => problemsOf(name, apps, isLabel));
  const wanted = found.flatMap(({ apps, isLabel }) => (isLabel && apps.length > 1 ? [] : apps));
  return {
    wanted: [...new Set(wanted)],
    failures: failures.map((message) => ({ place: org.name, message })),
  };
}

function problemsOf(name: string, apps: readonly ListedApp[], isLabel: boolean): string[] {
  if (apps.length === 0) return [messages.getMessage("appMissing", [name])];
  if (!isLabel || apps.length === 1) return [];
  const all = apps.map((app) => `${app.kind} ${app.name}`).join(", ");
  return [messages.getMessage("severalOfLabel", [name, all])];
}

async function readLabels(org: TargetOrg, listed: readonly ListedApp[]): Promise<Map<ListedApp, string>> {
  const retrieved = await retrieveApps(
    org,
    listed.map(({ kind, name }) => ({ components: kinds[kind].components.slice(0, 1), name })),
  );
  return new Map(
    listed.map((app, index) => [app, readApp(app.kind, retrieved[index]?.files ?? []).settings.label ?? ""]),
  );
}
