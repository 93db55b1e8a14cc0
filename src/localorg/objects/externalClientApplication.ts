import { texts } from "../oauth/connectedAppView.ts";
import type { OrgComponent } from "../org.ts";
import {
  AUDIT_FIELDS,
  auditValues,
  boolean,
  type FieldValues,
  id,
  type ObjectType,
  string,
} from "./objectType.ts";

/** An external client app, with the field names of the Tooling API. */
export const EXTERNAL_CLIENT_APPLICATION: ObjectType = {
  name: "ExternalClientApplication",
  label: "External Client Application",
  keyPrefix: "0xI",
  fields: {
    Id: id,
    DeveloperName: string,
    MasterLabel: string,
    ContactEmail: string,
    ContactPhone: string,
    Description: string,
    DistributionState: string,
    IconUrl: string,
    InfoUrl: string,
    IsDeleted: boolean,
    LogoUrl: string,
    NamespacePrefix: string,
    ...AUDIT_FIELDS,
  },
  records: (org) => [...(org.components.get("ExternalClientApplication")?.values() ?? [])].map(values),
};

function values({ id: recordId, fullName, content, ...marks }: OrgComponent): FieldValues {
  const text = (name: string) => texts(content, name)[0] ?? null;
  return {
    Id: recordId,
    DeveloperName: fullName,
    MasterLabel: text("label"),
    ContactEmail: text("contactEmail"),
    ContactPhone: text("contactPhone"),
    Description: text("description"),
    DistributionState: text("distributionState"),
    IconUrl: text("iconUrl"),
    InfoUrl: text("infoUrl"),
    IsDeleted: false,
    LogoUrl: text("logoUrl"),
    NamespacePrefix: null,
    ...auditValues(
      { at: marks.createdAt, byId: marks.createdById },
      { at: marks.modifiedAt, byId: marks.modifiedById },
    ),
  };
}
