import { applicationOf } from "../externalClientApp.ts";
import { textOf } from "../metadata/types/elements.ts";
import type { XmlElement } from "../metadata/xmlElement.ts";
import { namespaceOf } from "../namespace.ts";
import type { Org } from "../org.ts";
import { derivedId } from "../salesforceId.ts";
import {
  datetime,
  type FieldValues,
  id,
  notFilterable,
  type ObjectType,
  reference,
  string,
} from "./objectType.ts";

/** What the trail tells of an app, of either kind. */
interface AuditedApp {
  id: string;
  name: string;
  content: XmlElement;
  /** Milliseconds since the epoch. */
  createdAt: number;
  createdById: string;
  modifiedAt: number;
  modifiedById: string;
}

/** How the trail calls a kind of app: in its actions, and in the words for people. */
interface AuditedKind {
  noun: string;
  section: string;
  words: string;
}

const connectedApps = { noun: "ConnectedApplication", section: "Connected Apps", words: "Connected App" };
const externalClientApps = {
  noun: "ExternalClientApplication",
  section: "External Client Apps",
  words: "External Client App",
};

/**
 * Who made and last changed each app, which is named by its label, within a text. Earlier changes, and apps that are gone,
 * do not show here.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_setupaudittrail.htm
 */
export const setupAuditTrailObject: ObjectType = {
  name: "SetupAuditTrail",
  label: "Setup Audit Trail Entry",
  keyPrefix: "0Ym",
  readableWith: ["ViewSetup"],
  fields: {
    Id: id,
    Action: string,
    DelegateUser: string,
    ...notFilterable({ Display: string, ResponsibleNamespacePrefix: string, Section: string }),
    CreatedDate: datetime,
    CreatedById: reference("User", "CreatedBy"),
  },
  records: (org) => [
    ...[...org.connectedApps.values()].flatMap((app) => entriesOf(app, connectedApps)),
    ...externalClientAppsOf(org).flatMap((app) => entriesOf(app, externalClientApps)),
  ],
};

/** A change of a part is one of the application. Those of packages are nobody's here. */
function externalClientAppsOf({ components }: Org): AuditedApp[] {
  const apps = [...(components.get("ExternalClientApplication")?.values() ?? [])];
  const all = [...components.values()].flatMap((ofType) => [...ofType.values()]);
  return apps
    .filter(({ fullName }) => !namespaceOf(fullName))
    .map((app) => {
      const parts = all.filter(({ content }) => applicationOf(content) === app.fullName);
      const { modifiedAt, modifiedById } = [app, ...parts].reduce((last, part) =>
        part.modifiedAt > last.modifiedAt ? part : last,
      );
      return { ...app, name: app.fullName, modifiedAt, modifiedById };
    });
}

function entriesOf(app: AuditedApp, kind: AuditedKind): FieldValues[] {
  const created = entry(app, kind, "insert", "Created", app.createdAt, app.createdById);
  if (app.modifiedAt === app.createdAt) return [created];
  return [created, entry(app, kind, "update", "Updated", app.modifiedAt, app.modifiedById)];
}

function entry(
  app: AuditedApp,
  { noun, section, words }: AuditedKind,
  verb: string,
  said: string,
  at: number,
  byId: string,
): FieldValues {
  const action = verb + noun;
  return {
    Id: derivedId("0Ym", app.id, action, String(at)),
    Action: action,
    Section: section,
    Display: `${said} ${words} ${textOf(app.content, "label") ?? app.name}`,
    DelegateUser: null,
    ResponsibleNamespacePrefix: null,
    CreatedDate: new Date(at).toISOString(),
    CreatedById: byId,
  };
}
