import { namespaceOf } from "../../namespace.ts";
import type { OrgComponent } from "../../org.ts";
import { newId } from "../../salesforceId.ts";
import type { UserPermission } from "../../userPermissions.ts";
import type { XmlElement } from "../xmlElement.ts";
import { ComponentProblem } from "./componentProblem.ts";
import type { Draft, MetadataType, SaveContext, SaveOutcome } from "./metadataType.ts";
import type { ComplexType } from "./schema.ts";

/** A component about to be saved. */
export interface Saving {
  fullName: string;
  content: XmlElement;
  existing: OrgComponent | undefined;
}

/** What of a component is kept besides its name and dates. */
export type Kept = Pick<OrgComponent, "content" | "consumer">;

/** Where a component is kept, and who does so. */
export type Keeping = Pick<SaveContext, "org" | "draft" | "user">;

/** A metadata type whose components are kept as they are, with what is special about it. */
export interface GenericType {
  name: string;
  schemaOf(fullName: string): ComplexType;
  directoryName: string;
  suffix: string;
  keyPrefix: string;
  /** One of these user permissions is needed to see the components. Without this, none is. */
  readableWith?: readonly UserPermission[];
  /** Whether components that a package brought are not shown. */
  hidesPackaged?: boolean;
  /**
   * Checks the rules of the type, and gives what is kept.
   *
   * @throws ComponentProblem if a rule is broken
   */
  prepare(context: SaveContext, saving: Saving): Kept;
  /** Called after a component is gone; what cannot be deleted has `"refused"` in its place. */
  removed?: ((draft: Draft, component: OrgComponent) => void) | "refused";
}

/** Name and schema of a type whose components all have the same elements. */
export function ofSchema(schema: ComplexType): Pick<GenericType, "name" | "schemaOf"> {
  return { name: schema.name, schemaOf: () => schema };
}

/** Components of one type by their full names. */
export function componentsOf(draft: Draft, typeName: string): ReadonlyMap<string, OrgComponent> {
  return draft.components.get(typeName) ?? new Map();
}

/** Makes a metadata type that keeps its components in `components`. */
export function genericType(type: GenericType): MetadataType {
  const { name, hidesPackaged = false } = type;
  return {
    ...type,
    components: (draft) =>
      [...componentsOf(draft, name).values()]
        .filter(({ fullName }) => !(hidesPackaged && namespaceOf(fullName)))
        .sort((one, other) => (one.fullName < other.fullName ? -1 : 1)),
    save(context, fullName, content) {
      const existing = componentsOf(context.draft, name).get(fullName);
      if (existing && namespaceOf(fullName)) throw managedObject(name, fullName);
      return keep(context, type, fullName, type.prepare(context, { fullName, content, existing }));
    },
    remove(draft, fullName) {
      const component = draft.components.get(name)?.get(fullName);
      if (!component || namespaceOf(fullName) || type.removed === "refused") return undefined;
      draft.components.get(name)?.delete(fullName);
      type.removed?.(draft, component);
      return component.id;
    },
  };
}

/** What came from a package stays as it is. */
export function managedObject(entity: string, component: string): ComponentProblem {
  return new ComponentProblem(
    `Cannot modify managed object: entity=${entity}, component=${component}, state=installed`,
  );
}

/** Creates or replaces a component, whatever the rules of its type say. */
export function keep(
  { org, draft, user }: Keeping,
  { name, keyPrefix }: Pick<GenericType, "name" | "keyPrefix">,
  fullName: string,
  kept: Kept,
): SaveOutcome {
  const components = draft.components.get(name) ?? new Map<string, OrgComponent>();
  const existing = components.get(fullName);
  if (existing && sameText(existing.content, kept.content) && sameText(existing.consumer, kept.consumer)) {
    return { id: existing.id, created: false, changed: false };
  }
  const now = org.behaviour.now();
  const component: OrgComponent = {
    id: existing?.id ?? newId(keyPrefix),
    fullName,
    ...kept,
    createdAt: existing?.createdAt ?? now,
    createdById: existing?.createdById ?? user.id,
    modifiedAt: now,
    modifiedById: user.id,
  };
  draft.components.set(name, components.set(fullName, component));
  return { id: component.id, created: !existing, changed: true };
}

function sameText(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
