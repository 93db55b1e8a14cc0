import { administrator } from "../administrator.ts";
import { timeZone } from "../timeZone.ts";
import {
  auditFields,
  auditValues,
  boolean,
  date,
  datetime,
  id,
  type ObjectType,
  string,
} from "./objectType.ts";

/** @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm */
export const organizationObject: ObjectType = {
  name: "Organization",
  label: "Organization",
  keyPrefix: "00D",
  fields: {
    Id: id,
    Name: string,
    InstanceName: string,
    IsSandbox: boolean,
    IsReadOnly: boolean,
    OrganizationType: string,
    NamespacePrefix: string,
    TrialExpirationDate: datetime,
    LanguageLocaleKey: string,
    DefaultLocaleSidKey: string,
    TimeZoneSidKey: string,
    ...auditFields,
  },
  records: (org) => [
    {
      Id: org.id,
      Name: `Local org ${org.name}`,
      InstanceName: org.isSandbox ? "USA1S" : "USA1",
      IsSandbox: org.isSandbox,
      IsReadOnly: false,
      OrganizationType: "Enterprise Edition",
      NamespacePrefix: null,
      TrialExpirationDate: null,
      LanguageLocaleKey: "en_US",
      DefaultLocaleSidKey: "en_US",
      TimeZoneSidKey: timeZone,
      ...auditValues({ at: org.createdAt, byId: administrator(org).id }),
    },
  ],
};

/** Exists in a Dev Hub only: here, in a production org. Clients ask for it to learn just that. */
export const scratchOrgInfoObject: ObjectType = {
  name: "ScratchOrgInfo",
  label: "Scratch Org Info",
  keyPrefix: "2SR",
  fields: {
    Id: id,
    Name: string,
    ScratchOrg: string,
    SignupUsername: string,
    Status: string,
    ExpirationDate: date,
    ...auditFields,
  },
  records: () => [],
  existsIn: (org) => !org.isSandbox,
};
