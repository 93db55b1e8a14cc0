import type { Org, OrgComponent, OrgComponents, OrgConnectedApp, OrgUser } from "../../org.ts";
import type { UserPermission } from "../../userPermissions.ts";
import type { XmlElement } from "../xmlElement.ts";
import type { ComplexType } from "./schema.ts";

/** A component of an org, as retrieve and list show it. */
export type Component = Omit<OrgComponent, "consumer">;

/** What a deploy changes. It works on a copy, which replaces the org's own components if all goes well. */
export interface Draft {
  connectedApps: Map<string, OrgConnectedApp>;
  components: OrgComponents;
}

/** What the rules of a type may look at. */
export interface SaveContext {
  org: Org;
  /** All orgs of this process, the org itself among them. */
  allOrgs: Org[];
  draft: Draft;
  user: OrgUser;
  /** Of the files, such as 67. */
  apiVersion: number;
  /** Whether the deploy does what it would otherwise only warn about. */
  ignoreWarnings: boolean;
}

/** What became of one component. */
export interface SaveOutcome {
  id: string;
  created: boolean;
  changed: boolean;
}

/** A metadata type of the local org: its files, its elements, and its rules. */
export interface MetadataType {
  /** Such as `ConnectedApp`; manifests name it. The files of most types have it as their root element. */
  name: string;
  /** @throws ComponentProblem if no component of the type can have this name */
  schemaOf(fullName: string): ComplexType;
  directoryName: string;
  suffix: string;
  /** One of these user permissions is needed to see the components. Without this, none is. */
  readableWith?: readonly UserPermission[];
  /** All components, in the order of their names. */
  components(org: Org): Component[];
  /**
   * Creates or replaces a component.
   *
   * @param content Already checked against the schema.
   * @throws ComponentProblem if a rule is broken; nothing is changed then
   */
  save(context: SaveContext, fullName: string, content: XmlElement): SaveOutcome;
  /** Deletes a component, and gives back its Id, or undefined when there is none. */
  remove(draft: Draft, fullName: string): string | undefined;
}
