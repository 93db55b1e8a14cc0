import { onTestFinished, vi } from "vitest";
import type { XmlElement } from "../../src/localorg/metadata/xmlElement.ts";
import type { Org, OrgUser } from "../../src/localorg/org.ts";
import type { RunningOrg } from "../../src/localorg/start.ts";
import type { KindName } from "./appsInOrg.ts";

/** Where a setting is in the metadata: the component's type and its elements, outermost first. */
export type ElementPlace = readonly [type: string, ...names: string[]];

/** Gives an app's element other texts, behind the back of everybody: as many elements as texts, none for none. */
export function setElement(
  org: Org,
  appName: string,
  [type, ...names]: ElementPlace,
  texts: readonly string[],
) {
  const [last = "", ...outer] = names.reverse();
  const parent = outer.reverse().reduce(childOf, contentOf(org, type, appName));
  parent.children = [
    ...parent.children.filter(({ name }) => name !== last),
    ...texts.map((text) => ({ name: last, text, children: [] })),
  ];
}

/** Gives an app another consumer key, as when somebody deletes it and makes it again. */
export function changeConsumerKey(org: Org, kind: KindName, appName: string, consumerKey: string): void {
  if (kind === "ConnectedApp") {
    setElement(org, appName, ["ConnectedApp", "oauthConfig", "consumerKey"], [consumerKey]);
    Object.assign(org.connectedApps.get(appName) ?? {}, { consumerKey });
    return;
  }
  const type = "ExtlClntAppGlobalOauthSettings";
  setElement(org, appName, [type, "consumerKey"], [consumerKey]);
  const consumer = componentOf(org, type, appName).consumer;
  if (consumer !== undefined) consumer.consumerKey = consumerKey;
}

/** Deletes an app with all of its components. */
export function deleteApp(org: Org, appName: string): void {
  org.connectedApps.delete(appName);
  for (const components of org.components.values()) {
    for (const [name, component] of components) if (belongsTo(component, appName)) components.delete(name);
  }
}

/** The user of that name, to be changed. */
export function userOf(org: Org, username: string): OrgUser {
  const user = org.users.find((candidate) => candidate.username === username);
  if (user === undefined) throw new Error(`The org has no user ${username}.`);
  return user;
}

/** Remembers an org's users and apps; the function that it returns brings them back. */
export function remember(org: Org): () => void {
  const { users, connectedApps, components } = structuredClone({
    users: org.users,
    connectedApps: org.connectedApps,
    components: org.components,
  });
  return () => {
    Object.assign(org, structuredClone({ users, connectedApps, components }));
  };
}

function contentOf(org: Org, type: string, appName: string): XmlElement {
  if (type !== "ConnectedApp") return componentOf(org, type, appName).content;
  const app = org.connectedApps.get(appName);
  if (app === undefined) throw new Error(`The org has no connected app ${appName}.`);
  return app.content;
}

function componentOf(org: Org, type: string, appName: string) {
  const found = [...(org.components.get(type)?.values() ?? [])].find((one) => belongsTo(one, appName));
  if (found === undefined) throw new Error(`The org has no ${type} of ${appName}.`);
  return found;
}

function belongsTo({ fullName, content }: { fullName: string; content: XmlElement }, appName: string) {
  return (
    fullName === appName ||
    content.children.some(({ name, text }) => name === "externalClientApplication" && text === appName)
  );
}

function childOf(parent: XmlElement, name: string): XmlElement {
  const found = parent.children.find((child) => child.name === name);
  if (found !== undefined) return found;
  const added = { name, text: "", children: [] };
  parent.children.push(added);
  return added;
}

/**
 * Makes the clock of this process one that a test moves forward by milliseconds, as if a run had waited, until the test ends.
 *
 * @param orgs those whose answers are to name that time too; they have no other faults meanwhile
 */
export function movableClock(...orgs: RunningOrg[]): (milliseconds: number) => void {
  let ahead = 0;
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now(), shouldAdvanceTime: true });
  onTestFinished(() => {
    vi.useRealTimers();
    for (const { faults } of orgs) faults.set([]);
  });
  return (milliseconds) => {
    ahead += milliseconds;
    vi.setSystemTime(Date.now() + milliseconds);
    // Node writes the header by a clock that nobody can move.
    for (const { faults } of orgs)
      faults.set([{ fault: "clock", seconds: ahead / 1000, times: Number.MAX_SAFE_INTEGER }]);
  };
}
