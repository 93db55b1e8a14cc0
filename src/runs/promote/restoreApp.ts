import { kinds } from "../../metadata/kinds.ts";
import { type DeployOutcome, type DeployRequest, deleteComponents } from "../../org/deployFiles.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { deployUpdate } from "../deploy/deployUpdate.ts";

/**
 * Puts an app back as it was before a deploy: its former metadata or, where there was no such app, none. What no
 * metadata holds (the timeout in Setup, a key that the org made) is not touched.
 */
export async function restoreApp(app: AppInOrg, request: DeployRequest): Promise<DeployOutcome> {
  const { org, desired, reading } = app;
  if (reading.actual !== undefined) return deployUpdate(app, reading.files, request);
  // The application takes its other components with it.
  const application = kinds[desired.kind].components.slice(0, 1);
  const names = application.map(({ type }) => ({ type, fullName: desired.name }));
  return deleteComponents(org, names, request);
}
