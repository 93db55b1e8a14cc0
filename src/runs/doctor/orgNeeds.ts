import type { DesiredApp } from "../../app/desiredApp.ts";
import type { KindName } from "../../app/kindName.ts";
import type { OrgFacts } from "../../app/orgFacts.ts";
import { isThisMachine } from "../../app/thisMachine.ts";
import { messagesOf } from "../../messages.ts";
import { kinds } from "../../metadata/kinds.ts";
import type { TargetOrg } from "../../org/connect.ts";
import type { ApiCalls } from "../../org/organization.ts";
import type { OrgSettings } from "../../org/orgSettings.ts";
import type { AppUse } from "../../results/appUse.ts";
import type { Need } from "../../results/doctor.ts";
import type { Creation } from "./creation.ts";
import type { Seen } from "./look.ts";
import { need } from "./need.ts";
import { has, type Rights } from "./userNeeds.ts";

const messages = messagesOf("doctor");

/** What was read of the org. */
interface OrgFindings {
  org: TargetOrg;
  /** Undefined if no app is named. */
  kind: KindName | undefined;
  app: DesiredApp | undefined;
  settings: Seen<OrgSettings>;
  apiCalls: Seen<ApiCalls>;
  seesApps: Seen<unknown>;
  /** Of which the value is undefined if no connected app has to be created. */
  creation: Seen<Creation | undefined>;
  rights: Rights;
  found: OrgFacts | undefined;
  usage: AppUse | undefined;
}

/** What the flow needs of the org itself. */
export function orgNeeds(read: OrgFindings): Need[] {
  const { settings, apiCalls, org } = read;
  return [
    apiVersionNeed(org),
    ...domainNeeds(org.instanceUrl),
    creationNeed(read),
    externalClientAppsNeed(read),
    flowNeed(read),
    "hidden" in settings
      ? need("org", "apiAccessControl", "hidden", settings.hidden, ["metadata"])
      : accessControlNeed(settings.value, read),
    ...credentialAccessNeed(settings, read),
    "hidden" in apiCalls
      ? need("org", "apiCalls", "hidden", apiCalls.hidden, ["viewSetup"])
      : apiCallsNeed(apiCalls.value),
  ];
}

function apiVersionNeed({ connection }: TargetOrg): Need {
  const needed = kinds.ExternalClientApp.minimumApiVersion ?? 0;
  const { version } = connection;
  const isEnough = Number(version) >= needed;
  const detail = messages.getMessage(isEnough ? "apiVersion" : "apiVersion.old", [version, `${needed}.0`]);
  return need("org", "apiVersion", isEnough ? "passed" : "failed", detail, isEnough ? [] : ["apiVersion"]);
}

/**
 * Only a My Domain host issues tokens of this flow. Since enhanced domains, that of a sandbox holds `.sandbox.`; a
 * production org's is the same as before.
 */
export function domainNeeds(instanceUrl: string): Need[] {
  const { hostname } = new URL(instanceUrl);
  if (isThisMachine(hostname))
    return [
      need("org", "myDomain", "passed", messages.getMessage("myDomain.local", [hostname])),
      need("org", "enhancedDomains", "skipped", messages.getMessage("myDomain.local", [hostname])),
    ];
  if (!/\.my\.salesforce(-[a-z]+)?\.[a-z.]+$/.test(hostname))
    return [
      need("org", "myDomain", "failed", messages.getMessage("myDomain.other", [hostname]), ["myDomain"]),
      need("org", "enhancedDomains", "untold", messages.getMessage("enhancedDomains.unknown", [hostname])),
    ];
  const isOldSandbox = /^[^.]+--[^.]+\./.test(hostname) && !/\.sandbox\.my\./.test(hostname);
  const detail = messages.getMessage(isOldSandbox ? "enhancedDomains.old" : "enhancedDomains", [hostname]);
  return [
    need("org", "myDomain", "passed", hostname),
    need(
      "org",
      "enhancedDomains",
      isOldSandbox ? "warning" : "passed",
      detail,
      isOldSandbox ? ["enhancedDomains"] : [],
    ),
  ];
}

function creationNeed({ creation, kind }: OrgFindings): Need {
  if ("hidden" in creation)
    return need("org", "connectedAppCreation", "hidden", creation.hidden, ["metadata"]);
  if (creation.value === undefined)
    return need("org", "connectedAppCreation", "skipped", messages.getMessage("creation.notNeeded"));
  const { isAllowed, words } = creation.value;
  if (isAllowed === true)
    return need("org", "connectedAppCreation", "passed", messages.getMessage("creation.allowed"));
  const detail = messages.getMessage(isAllowed === false ? "creation.blocked" : "creation.refused", [words]);
  const outcome = isAllowed === undefined ? "untold" : kind === "ConnectedApp" ? "failed" : "warning";
  return need("org", "connectedAppCreation", outcome, detail, ["creation"]);
}

/** To a user who may not see them, the org says that there is no such object. */
function externalClientAppsNeed({ seesApps, rights, kind }: OrgFindings): Need {
  if ("value" in seesApps)
    return need("org", "externalClientApps", "passed", messages.getMessage("externalClientApps"));
  if (kind === "ConnectedApp")
    return need("org", "externalClientApps", "skipped", messages.getMessage("externalClientApps.notNeeded"));
  const mayView = has(rights, "ExternalClientAppAdmin") ?? has(rights, "ExternalClientAppDeveloper");
  return mayView === true
    ? need("org", "externalClientApps", "failed", seesApps.hidden, ["externalClientApps"])
    : need("org", "externalClientApps", "hidden", seesApps.hidden, ["viewExternalClientApps"]);
}

/** No metadata says whether the org lets the flow be used. A token that was issued does. */
function flowNeed({ usage, settings }: OrgFindings): Need {
  const issued = usage?.sources.find(({ flow, tokens }) => /client ?credentials/i.test(flow) && tokens > 0);
  if (issued !== undefined)
    return need("org", "flow", "passed", messages.getMessage("flow.used", [issued.last.slice(0, 10)]));
  const blocked = "value" in settings ? settings.value.blockedFlows.join(", ") : "";
  const detail = messages.getMessage(blocked === "" ? "flow.untold" : "flow.others", [blocked]);
  return need("org", "flow", "untold", detail, ["flow"]);
}

function accessControlNeed({ approvedAppsOnly }: OrgSettings, { app }: OrgFindings): Need {
  if (!approvedAppsOnly) return need("org", "apiAccessControl", "passed", messages.getMessage("control.off"));
  if (app === undefined)
    return need("org", "apiAccessControl", "warning", messages.getMessage("control.on"), ["control"]);
  return app.settings["policy.permittedUsers"] === "adminApproved"
    ? need("org", "apiAccessControl", "passed", messages.getMessage("control.approved"))
    : need("org", "apiAccessControl", "failed", messages.getMessage("control.on"), ["control"]);
}

function credentialAccessNeed(settings: Seen<OrgSettings>, { kind }: OrgFindings): Need[] {
  const id = "credentialAccess";
  if (kind === "ConnectedApp")
    return [need("org", id, "skipped", messages.getMessage("externalClientApps.notNeeded"))];
  if ("hidden" in settings) return [need("org", id, "hidden", settings.hidden, ["metadata"])];
  return settings.value.secretsByRest
    ? [need("org", id, "passed", messages.getMessage("credentialAccess.on"))]
    : [need("org", id, "warning", messages.getMessage("credentialAccess.off"), ["credentialAccess"])];
}

function apiCallsNeed({ most, remaining }: ApiCalls): Need {
  const detail = messages.getMessage("apiCalls", [remaining, most]);
  const outcome = remaining === 0 ? "failed" : remaining < most / 20 ? "warning" : "passed";
  return need("org", "apiCalls", outcome, detail, outcome === "passed" ? [] : ["apiCalls"]);
}
