import { Document, parse } from "yaml";
import type { KindName } from "../app/desiredApp.ts";
import type { Settings, SettingValue } from "../app/settings.ts";

/** A new spec of an app, in the order of the settings. */
export function writeSpec(kind: KindName, name: string, settings: Settings): string {
  const content: Record<string, unknown> = { apiVersion: "cpq/v1", kind, name };
  for (const [path, value] of Object.entries(settings))
    setIn(content, path.split("."), writtenValue(path, value));
  const flow = content.oauth as { clientCredentials?: { enabled?: boolean; runAs?: string } } | undefined;
  // The block itself says that the flow is on.
  if (flow?.clientCredentials?.enabled && flow.clientCredentials.runAs) delete flow.clientCredentials.enabled;
  content.consumer = "generated";
  return new Document(content).toString({ lineWidth: 0, flowCollectionPadding: false });
}

function setIn(target: Record<string, unknown>, [key = "", ...rest]: string[], value: unknown): void {
  if (rest.length === 0) {
    target[key] = value;
    return;
  }
  target[key] ??= {};
  setIn(target[key] as Record<string, unknown>, rest, value);
}

function writtenValue(path: string, value: SettingValue): unknown {
  if (path === "oauth.callbackUrl" && typeof value === "object" && value.length === 1) return value[0];
  // `{lifetime: 30d}` is YAML already.
  return typeof value === "string" && value.startsWith("{") ? parse(value) : value;
}
