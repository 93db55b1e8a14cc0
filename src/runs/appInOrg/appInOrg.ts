import type { DesiredApp } from "../../app/desiredApp.ts";
import { resolve } from "../../spec/resolve.ts";
import type { OrgKeys } from "../../token/publishedKeys.ts";
import type { SpecInOrg } from "./connectOrgOf.ts";
import { type OrgReading, readOrg } from "./readOrg.ts";

/** What the steps of a run work on: besides a spec and its org, the app that the spec describes, and the org as it was read. */
export interface AppInOrg extends SpecInOrg {
  desired: DesiredApp;
  reading: OrgReading;
  /** The keys with which the org signs tokens, if reading them has begun. */
  keys?: OrgKeys;
}

/** Reads everything that a run must know about a spec's app in an org before it deploys. */
export async function readAppInOrg(found: SpecInOrg): Promise<AppInOrg> {
  const { spec, org } = found;
  const desired = resolve(spec.app);
  return { ...found, desired, reading: await readOrg(org, desired) };
}
