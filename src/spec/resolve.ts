import { namespaceOf } from "../app/apiName.ts";
import type { DesiredApp } from "../app/desiredApp.ts";
import { secretReference } from "../app/secretReference.ts";
import { type Settings, settingPaths } from "../app/settings.ts";
import { valueAt } from "./overlay.ts";
import type { AppSpec } from "./schema.ts";

const paths = settingPaths.map((path) => [path, path.split(".")] as const);

/** The app that a spec describes: its nested values under their paths. */
export function resolve(spec: AppSpec): DesiredApp {
  const settings: Record<string, unknown> = {};
  for (const [path, keys] of paths) {
    const value = valueAt(spec, keys);
    if (value !== undefined) settings[path] = value;
  }
  // The flow of an external client app is on only if its policies say so too.
  if (spec.kind === "ExternalClientApp" && settings["oauth.clientCredentials.enabled"] !== undefined) {
    settings["policy.clientCredentials"] ??= settings["oauth.clientCredentials.enabled"];
    // For an app of a package, the other switch is in the package.
    if (namespaceOf(spec.name) !== undefined) delete settings["oauth.clientCredentials.enabled"];
  }
  const { key } = spec.consumer;
  const literalKey = key === undefined || secretReference.test(key) ? undefined : key;
  return {
    kind: spec.kind,
    name: spec.name,
    settings: settings as Settings,
    ...(literalKey === undefined ? {} : { consumerKey: literalKey }),
  };
}
