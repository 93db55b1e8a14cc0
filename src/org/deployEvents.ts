import { parse } from "node:path";
import { Lifecycle } from "@salesforce/core/lifecycle";
import type { MetadataApiDeployStatus } from "@salesforce/source-deploy-retrieve";
import type { TargetOrg } from "./connect.ts";
import { componentsOf, type DeployContent } from "./deployContent.ts";

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
  const { ComponentSet, DeployResult, DestructiveChangesType, RegistryAccess, registry, SourceComponent } =
    await import("@salesforce/source-deploy-retrieve");
  // A project's changes to the types apply only to the project's own files.
  const types = new RegistryAccess(registry);
  const components = new ComponentSet([], types);
  components.projectDirectory = parse(process.cwd()).root;
  const deletion = "deletions" in content ? DestructiveChangesType.POST : undefined;
  // Without the files, which may hold a consumer secret.
  for (const { type, fullName } of componentsOf(content))
    components.add(new SourceComponent({ name: fullName, type: types.getTypeByName(type) }), deletion);
  await events.emit("scopedPreDeploy", { componentSet: components, orgId: org.id });
  return async (status) => {
    const deployResult = new DeployResult(status, components);
    await events.emit("scopedPostDeploy", { deployResult, orgId: org.id });
  };
}
