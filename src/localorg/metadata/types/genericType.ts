import type { OrgComponent } from "../../org.ts";
import { newId } from "../../salesforceId.ts";
import type { XmlElement } from "../xmlElement.ts";
import type { Draft, MetadataType, SaveContext, SaveOutcome } from "./metadataType.ts";
import type { ComplexType } from "./schema.ts";

/** A component about to be saved. */
export interface Saving {
  fullName: string;
  content: XmlElement;
  existing: OrgComponent | undefined;
}

/** A metadata type whose components are kept as they are, with what is special about it. */
export interface GenericType {
  /** Without it, the name of the schema. */
  name?: string;
  schema: ComplexType;
  directoryName: string;
  suffix: string;
  keyPrefix: string;
  /**
   * Checks the rules of the type, and gives what is kept besides the names and dates.
   *
   * @throws ComponentProblem if a rule is broken
   */
  prepare(context: SaveContext, saving: Saving): Pick<OrgComponent, "content" | "consumer">;
  /** Called after a component is gone; what cannot be deleted has `"refused"` in its place. */
  removed?: ((draft: Draft, component: OrgComponent) => void) | "refused";
}

/** Components of one type by their full names. */
export function componentsOf(draft: Draft, typeName: string): ReadonlyMap<string, OrgComponent> {
  return draft.components.get(typeName) ?? new Map();
}

/** Makes a metadata type that keeps its components in `components`. */
export function genericType(type: GenericType): MetadataType {
  const { name = type.schema.name, schema, directoryName, suffix } = type;
  return {
    name,
    schema,
    directoryName,
    suffix,
    components: (draft) =>
      [...componentsOf(draft, name).values()].sort((one, other) => (one.fullName < other.fullName ? -1 : 1)),
    save: (context, fullName, content) => save(type, name, context, fullName, content),
    remove(draft, fullName) {
      const { removed } = type;
      const component = draft.components.get(name)?.get(fullName);
      if (!component || removed === "refused") return undefined;
      draft.components.get(name)?.delete(fullName);
      removed?.(draft, component);
      return component.id;
    },
  };
}

function save(
  type: GenericType,
  typeName: string,
  context: SaveContext,
  fullName: string,
  content: XmlElement,
): SaveOutcome {
  const { org, draft, user } = context;
  const existing = componentsOf(draft, typeName).get(fullName);
  const prepared = type.prepare(context, { fullName, content, existing });
  if (existing && JSON.stringify(existing.content) === JSON.stringify(prepared.content)) {
    return { id: existing.id, created: false, changed: false };
  }
  const now = org.behaviour.now();
  const component: OrgComponent = {
    id: existing?.id ?? newId(type.keyPrefix),
    fullName,
    ...prepared,
    createdAt: existing?.createdAt ?? now,
    createdById: existing?.createdById ?? user.id,
    modifiedAt: now,
    modifiedById: user.id,
  };
  const components = draft.components.get(typeName) ?? new Map<string, OrgComponent>();
  draft.components.set(typeName, components.set(fullName, component));
  return { id: component.id, created: !existing, changed: true };
}
