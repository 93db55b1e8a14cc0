import type { DesiredApp } from "../../app/desiredApp.ts";
import type { TargetOrg } from "../../org/connect.ts";
import type { LoadedSpec } from "../../spec/load.ts";
import type { OrgReading } from "./readOrg.ts";

/** What the steps of a run are about: a spec, the app that it wants, and the org as it was read. */
export interface AppInOrg {
  loaded: LoadedSpec;
  desired: DesiredApp;
  org: TargetOrg;
  reading: OrgReading;
}
