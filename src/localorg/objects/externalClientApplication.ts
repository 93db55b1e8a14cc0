import { applicationOf } from "../externalClientApp.ts";
import { commaSeparated, textOf } from "../metadata/types/elements.ts";
import { viewPermissions } from "../metadata/types/externalClientApp/part.ts";
import { namespaceOf, ownName } from "../namespace.ts";
import { allScopes, oauthScope } from "../oauth/scopes.ts";
import type { Org, OrgComponent } from "../org.ts";
import {
  auditFields,
  auditValues,
  boolean,
  type Field,
  type FieldValues,
  id,
  int,
  type ObjectType,
  reference,
  string,
} from "./objectType.ts";

/** An external client app; the data API shows it, the Tooling API does not. */
export const externalClientApplicationObject: ObjectType = {
  name: "ExternalClientApplication",
  label: "External Client Application",
  keyPrefix: "0xI",
  readableWith: viewPermissions,
  fields: {
    ...componentFields(),
    ContactEmail: string,
    Description: string,
    DistributionState: string,
  },
  records: (org) =>
    componentsOf(org, "ExternalClientApplication").map((app) => ({
      ...componentValues(app),
      ContactEmail: textOf(app.content, "contactEmail") ?? null,
      Description: textOf(app.content, "description") ?? null,
      DistributionState: textOf(app.content, "distributionState") ?? null,
    })),
};

const policyElements = {
  ClientCredentialsFlowUser: "clientCredentialsFlowUser",
  IpRelaxationPolicyType: "ipRelaxationPolicyType",
  PermittedUsersPolicyType: "permittedUsersPolicyType",
  RefreshTokenPolicyType: "refreshTokenPolicyType",
  RefreshTokenValidityUnit: "refreshTokenValidityUnit",
  RequiredSessionLevel: "requiredSessionLevel",
};

/** The OAuth policies of external client apps, which are ExtlClntAppOauthConfigurablePolicies as metadata. */
export const oauthPoliciesObject: ObjectType = {
  name: "ExtlClntAppOauthPlcyCnfg",
  label: "External Client App OAuth Policy Configuration",
  keyPrefix: "0xP",
  readableWith: viewPermissions,
  fields: {
    ...partFields(),
    ...Object.fromEntries(Object.keys(policyElements).map((field) => [field, string])),
    IsClientCredentialsFlowEnabled: boolean,
    RefreshTokenValidityPeriod: int,
  },
  records: (org) =>
    componentsOf(org, "ExtlClntAppOauthConfigurablePolicies").map((policies) => {
      const text = (element: string) => textOf(policies.content, element) ?? null;
      const period = text("refreshTokenValidityPeriod");
      return {
        ...partValues(org, policies),
        ...Object.fromEntries(Object.entries(policyElements).map(([field, name]) => [field, text(name)])),
        IsClientCredentialsFlowEnabled: text("isClientCredentialsFlowEnabled") === "true",
        RefreshTokenValidityPeriod: period === null ? null : Number(period),
      };
    }),
};

/** The OAuth settings of external client apps, with a field for each scope. */
export const oauthSettingsObject: ObjectType = {
  name: "ExtlClntAppOauthSettings",
  label: "External Client App OAuth Settings",
  keyPrefix: "0xO",
  readableWith: viewPermissions,
  fields: {
    ...partFields(),
    OauthLink: string,
    ...Object.fromEntries(allScopes.map((scope) => [scopeField(scope), boolean])),
  },
  records: (org) =>
    componentsOf(org, "ExtlClntAppOauthSettings").map((settings) => {
      const scopes = commaSeparated(settings.content, "commaSeparatedOauthScopes").map(oauthScope);
      return {
        ...partValues(org, settings),
        OauthLink: textOf(settings.content, "oauthLink") ?? null,
        ...Object.fromEntries(allScopes.map((scope) => [scopeField(scope), scopes.includes(scope)])),
      };
    }),
};

/** Such as `OauthScopesREFRESH_TOKEN`. */
function scopeField(scope: string): string {
  return `OauthScopes${scope.toUpperCase()}`;
}

function componentsOf({ components }: Org, typeName: string): OrgComponent[] {
  return [...(components.get(typeName)?.values() ?? [])];
}

function componentFields(): Record<string, Field> {
  return { Id: id, DeveloperName: string, MasterLabel: string, NamespacePrefix: string, ...auditFields };
}

function componentValues(component: OrgComponent): FieldValues {
  const { fullName, content } = component;
  const developerName = ownName(fullName);
  return {
    Id: component.id,
    DeveloperName: developerName,
    MasterLabel: textOf(content, "label") ?? developerName,
    NamespacePrefix: namespaceOf(fullName) ?? null,
    ...auditValues(
      { at: component.createdAt, byId: component.createdById },
      { at: component.modifiedAt, byId: component.modifiedById },
    ),
  };
}

function partFields(): Record<string, Field> {
  return { ...componentFields(), ExternalClientApplicationId: reference("ExternalClientApplication") };
}

function partValues(org: Org, part: OrgComponent): FieldValues {
  const application = org.components.get("ExternalClientApplication")?.get(applicationOf(part.content));
  return { ...componentValues(part), ExternalClientApplicationId: application?.id ?? null };
}
