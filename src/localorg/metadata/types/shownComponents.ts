import type { Org, OrgUser } from "../../org.ts";
import { hasPermission } from "../../userPermissions.ts";
import type { XmlElement } from "../xmlElement.ts";
import type { Component, MetadataType } from "./metadataType.ts";
import { isKnownIn } from "./schema.ts";

/** The components of a type that a user sees: none, if a permission to view them is missing. */
export function shownComponents(org: Org, user: OrgUser, type: MetadataType): Component[] {
  const sees = type.readableWith?.some((permission) => hasPermission(org, user, permission)) ?? true;
  return sees ? type.components(org) : [];
}

/** What a component holds for an API version. It does not know what later versions added. */
export function contentIn(apiVersion: number, type: MetadataType, component: Component): XmlElement {
  const { elements } = type.schemaOf(component.fullName);
  const children = component.content.children.filter(({ name }) => {
    const schema = elements[name];
    return !schema || isKnownIn(apiVersion, schema);
  });
  return { ...component.content, children };
}
