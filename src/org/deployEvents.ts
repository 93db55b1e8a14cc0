import { parse } from "node:path";
import { Lifecycle } from "@salesforce/core/lifecycle";
import type { MetadataApiDeployStatus } from "@salesforce/source-deploy-retrieve";
import type { TargetOrg } from "./connect.ts";
import { type ComponentName, componentsOf, type DeployContent } from "./deployContent.ts";

/** Tells other plugins how a deploy ended. */
export type Announcement = (status: MetadataApiDeployStatus) => Promise<void>;

/**
 * Tells other plugins of the CLI that a deploy begins, as the CLI's own deploys do. What makes the events is loaded only if
 * somebody listens.
 */
export async function announceDeploy(org: TargetOrg, content: DeployContent): Promise<Announcement> {
  const events = Lifecycle.getInstance();
  const isHeard = ["scopedPreDeploy", "scopedPostDeploy"].some(
    (name) => events.getListeners(name).length > 0,
  );
  if (!isHeard) return async () => {};
  const { DeployResult } = await import("@salesforce/source-deploy-retrieve");
  const componentSet = await componentSetOf(content);
  await events.emit("scopedPreDeploy", { componentSet, orgId: org.id });
  return async (status) => {
    const deployResult = new DeployResult(status, componentSet);
    await events.emit("scopedPostDeploy", { deployResult, orgId: org.id });
  };
}

/** The components without their files, which may hold a consumer secret. They belong to no project. */
async function componentSetOf(content: DeployContent) {
  const { ComponentSet, DestructiveChangesType, RegistryAccess, registry, SourceComponent } = await import(
    "@salesforce/source-deploy-retrieve"
  );
  // A project's changes to the types apply only to the project's own files.
  const types = new RegistryAccess(registry);
  const componentOf = ({ type, fullName }: ComponentName) =>
    new SourceComponent({
      name: fullName,
      type: types.getTypeByName(type),
    });
  const set = new ComponentSet([], types);
  set.projectDirectory = parse(process.cwd()).root;
  const isDeletion = "deletions" in content;
  for (const component of componentsOf(content).map(componentOf))
    set.add(component, isDeletion ? DestructiveChangesType.POST : undefined);
  return set;
}
