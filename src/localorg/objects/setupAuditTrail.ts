import { texts } from "../oauth/connectedAppView.ts";
import type { OrgConnectedApp } from "../org.ts";
import { derivedId } from "../salesforceId.ts";
import { datetime, type FieldValues, id, type ObjectType, reference, string } from "./objectType.ts";

/**
 * Who made and last changed each app. Earlier changes, and apps that are gone, do not show here.
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
    Section: string,
    Display: string,
    DelegateUser: string,
    ResponsibleNamespacePrefix: string,
    CreatedDate: datetime,
    CreatedById: reference("User", "CreatedBy"),
  },
  records: (org) =>
    [...org.connectedApps.values()].flatMap((app) =>
      app.modifiedAt > app.createdAt ? [created(app), updated(app)] : [created(app)],
    ),
};

function created(app: OrgConnectedApp): FieldValues {
  return entry(app, "insertConnectedApplication", "Created", app.createdAt, app.createdById);
}

function updated(app: OrgConnectedApp): FieldValues {
  return entry(app, "updateConnectedApplication", "Updated", app.modifiedAt, app.modifiedById);
}

function entry(app: OrgConnectedApp, action: string, verb: string, at: number, byId: string): FieldValues {
  return {
    Id: derivedId("0Ym", app.id, action, String(at)),
    Action: action,
    Section: "Connected Apps",
    Display: `${verb} Connected App ${texts(app.content, "label")[0] ?? app.name}`,
    DelegateUser: null,
    ResponsibleNamespacePrefix: null,
    CreatedDate: new Date(at).toISOString(),
    CreatedById: byId,
  };
}
