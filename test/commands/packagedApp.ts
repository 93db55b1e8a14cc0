import type { RunningOrg } from "../../src/localorg/start.ts";
import { makeInSetup, partsOf } from "./madeInSetup.ts";

/**
 * Puts an external client app into an org as a package brings it: the app and its settings have the namespace, and the
 * policies, which the org makes, have not.
 */
export async function installPackage(sandbox: RunningOrg, namespace: string, name: string): Promise<void> {
  await makeInSetup(sandbox, name);
  const appName = `${namespace}__${name}`;
  for (const { type, fullName } of partsOf(name)) {
    const components = sandbox.org.components.get(type);
    const component = components?.get(fullName);
    if (components === undefined || component === undefined)
      throw new Error(`There is no ${type} ${fullName}.`);
    for (const child of component.content.children)
      if (child.name === "externalClientApplication") child.text = appName;
    if (type.endsWith("Policies")) continue;
    components.delete(fullName);
    const packaged = { ...component, fullName: `${namespace}__${fullName}`, namespace };
    components.set(packaged.fullName, packaged);
  }
}

/** Gives a connected app the namespace of a package. */
export function packageConnectedApp({ org }: RunningOrg, namespace: string, name: string): void {
  const app = org.connectedApps.get(name);
  if (app === undefined) throw new Error(`There is no connected app ${name}.`);
  org.connectedApps.delete(name);
  org.connectedApps.set(`${namespace}__${name}`, { ...app, name: `${namespace}__${name}` });
}
