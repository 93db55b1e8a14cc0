import { isTrue, textOf } from "../metadata/types/elements.ts";
import type { Org, OrgConnectedApp } from "../org.ts";
import {
  auditFields,
  auditValues,
  boolean,
  type FieldValues,
  id,
  int,
  type ObjectType,
  reference,
  string,
} from "./objectType.ts";

/**
 * A connected app in the data API.
 *
 * @see https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_connectedapplication.htm
 */
export const connectedApplicationObject: ObjectType = {
  name: "ConnectedApplication",
  label: "Connected App",
  keyPrefix: "0H4",
  fields: {
    Id: id,
    Name: string,
    MobileSessionTimeout: string,
    MobileStartUrl: string,
    NamedUserUvidTimeout: string,
    OptionsAllowAdminApprovedUsersOnly: boolean,
    OptionsAppIssueJwtTokenEnabled: boolean,
    OptionsCodeCredentialGuestEnabled: boolean,
    OptionsFullContentPushNotifications: boolean,
    OptionsHasSessionLevelPolicy: boolean,
    OptionsIsInternal: boolean,
    OptionsRefreshTokenValidityMetric: boolean,
    OptionsTokenExchangeManageBitEnabled: boolean,
    PinLength: string,
    RefreshTokenValidityPeriod: int,
    StartUrl: string,
    UvidTimeout: string,
    ...auditFields,
  },
  records: (org) => [...org.connectedApps.values()].map(dataValues),
};

/** The same in the Tooling API, which shows more of it, its API name among others. */
export const toolingConnectedApplicationObject: ObjectType = {
  ...connectedApplicationObject,
  fields: {
    ...connectedApplicationObject.fields,
    DeveloperName: string,
    ConnAppPluginClassId: id,
    ContactEmail: string,
    ContactPhone: string,
    Description: string,
    ExecutionUserId: reference("User", "ExecutionUser"),
    IconUrl: string,
    InfoUrl: string,
    LogoUrl: string,
    SamlLoginInformation: string,
    SessionPolicyAction: string,
    SessionTimeout: string,
    Version: string,
  },
  records: (org) =>
    [...org.connectedApps.values()].map((app) => ({ ...dataValues(app), ...toolingValues(org, app) })),
};

function dataValues({ content, ...app }: OrgConnectedApp): FieldValues {
  const child = (name: string) => content.children.find((element) => element.name === name);
  const oauth = child("oauthConfig");
  // zero, infinite, or specific_lifetime:30:DAYS
  const [kind, amount] = (textOf(child("oauthPolicy"), "refreshTokenPolicy") ?? "infinite").split(":");
  return {
    Id: app.id,
    Name: textOf(content, "label") ?? app.name,
    MobileSessionTimeout: null,
    MobileStartUrl: textOf(content, "mobileStartUrl") ?? null,
    NamedUserUvidTimeout: app.jwtTimeoutMinutes === undefined ? null : String(app.jwtTimeoutMinutes),
    OptionsAllowAdminApprovedUsersOnly: isTrue(oauth, "isAdminApproved"),
    OptionsAppIssueJwtTokenEnabled: isTrue(oauth, "isNamedUserJwtEnabled"),
    OptionsCodeCredentialGuestEnabled: false,
    OptionsFullContentPushNotifications: false,
    OptionsHasSessionLevelPolicy: textOf(child("sessionPolicy"), "sessionLevel") === "HIGH_ASSURANCE",
    OptionsIsInternal: false,
    OptionsRefreshTokenValidityMetric: kind === "specific_inactivity",
    OptionsTokenExchangeManageBitEnabled: isTrue(child("oauthPolicy"), "isTokenExchangeFlowEnabled"),
    PinLength: null,
    RefreshTokenValidityPeriod: kind === "zero" ? 0 : amount === undefined ? null : Number(amount),
    StartUrl: textOf(content, "startUrl") ?? null,
    UvidTimeout: null,
    ...auditValues(
      { at: app.createdAt, byId: app.createdById },
      { at: app.modifiedAt, byId: app.modifiedById },
    ),
  };
}

function toolingValues(org: Org, { content, name }: OrgConnectedApp): FieldValues {
  const text = (element: string) => textOf(content, element) ?? null;
  const child = (element: string) => content.children.find((found) => found.name === element);
  // Whether the field shows the Run As user of the flow or of the plugin is not documented.
  const runAs = textOf(child("oauthConfig"), "oauthClientCredentialUser") ?? text("pluginExecutionUser");
  return {
    DeveloperName: name,
    ConnAppPluginClassId: null,
    ContactEmail: text("contactEmail"),
    ContactPhone: text("contactPhone"),
    Description: text("description"),
    ExecutionUserId: org.users.find(({ username }) => username === runAs?.toLowerCase())?.id ?? null,
    IconUrl: text("iconUrl"),
    InfoUrl: text("infoUrl"),
    LogoUrl: text("logoUrl"),
    SamlLoginInformation: null,
    SessionPolicyAction: textOf(child("sessionPolicy"), "policyAction") ?? null,
    SessionTimeout: textOf(child("sessionPolicy"), "sessionTimeout") ?? null,
    Version: "1.0",
  };
}
