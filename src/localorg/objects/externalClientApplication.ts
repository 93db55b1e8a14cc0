import { texts } from "../oauth/connectedAppView.ts";
import { auditFields, auditValues, id, type ObjectType, string } from "./objectType.ts";

/** An external client app; most of it shows in its metadata only. */
export const externalClientApplicationObject: ObjectType = {
  name: "ExternalClientApplication",
  label: "External Client Application",
  keyPrefix: "0xI",
  fields: { Id: id, DeveloperName: string, MasterLabel: string, ...auditFields },
  records: (org) =>
    [...(org.components.get("ExternalClientApplication")?.values() ?? [])].map((app) => ({
      Id: app.id,
      DeveloperName: app.fullName,
      MasterLabel: texts(app.content, "label")[0] ?? app.fullName,
      ...auditValues(
        { at: app.createdAt, byId: app.createdById },
        { at: app.modifiedAt, byId: app.modifiedById },
      ),
    })),
};
