import { namespaceOf } from "../app/apiName.ts";
import type { KindName } from "../app/kindName.ts";
import type { SettingPath } from "../app/settings.ts";
import type { ComponentType } from "./kind.ts";
import { kinds } from "./kinds.ts";
import { otherMetadataPath } from "./otherMetadata.ts";

/** The kind of an app, and its API name, which tells whether the app comes from a package. */
interface NamedApp {
  kind: KindName;
  name: string;
}

/**
 * The components of an app that its org may change. Of a packaged external client app, these are the policies; of a
 * packaged connected app, there are none.
 */
export function changeableComponents({ kind, name }: NamedApp): readonly ComponentType[] {
  const { components } = kinds[kind];
  return namespaceOf(name) === undefined ? components : components.filter(({ ofSubscriber }) => ofSubscriber);
}

/** The components that a spec is about: those that can be changed or, if there are none, those that can be compared. */
export function comparedComponents(app: NamedApp): readonly ComponentType[] {
  const changeable = changeableComponents(app);
  return changeable.length > 0 ? changeable : kinds[app.kind].components;
}

/**
 * Whether a path is that of a setting that a spec of this app cannot manage, because only the package can change it.
 */
export function isOfPackage(app: NamedApp, path: string): boolean {
  if (namespaceOf(app.name) === undefined) return false;
  const types: readonly string[] = comparedComponents(app).map(({ type }) => type);
  const { fields, components, setupOnly } = kinds[app.kind];
  const homes: readonly (readonly [SettingPath, string])[] = [
    ...fields.map(({ setting, component }) => [setting, component] as const),
    ...components.map(({ type }) => [otherMetadataPath(type), type] as const),
    ...setupOnly.map((setting) => [setting, components[0]?.type ?? ""] as const),
  ];
  return homes.some(([setting, type]) => setting === path && !types.includes(type));
}
