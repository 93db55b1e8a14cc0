import { kinds } from "../../metadata/kinds.ts";
import { type DeployOutcome, type DeployRequest, deleteComponents } from "../../org/deployFiles.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { deployUpdate } from "../deploy/deployUpdate.ts";

/**
 * Restores an app to the state before a deploy: its former metadata or, if there was no such app, none. What metadata
 * does not hold (the timeout in Setup, a key that the org made) is not touched.
 */
export async function restoreApp(app: AppInOrg, request: DeployRequest): Promise<DeployOutcome> {
  const { org, desired, reading } = app;
  if (reading.actual !== undefined) return deployUpdate(app, reading.files, request);
  // Deleting the application also deletes its other components.
  const application = kinds[desired.kind].components.slice(0, 1);
  const names = application.map(({ type }) => ({ type, fullName: desired.name }));
  return deleteComponents(org, names, request);
}
