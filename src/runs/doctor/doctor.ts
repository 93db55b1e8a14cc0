import type { DesiredApp } from "../../app/desiredApp.ts";
import { dayMilliseconds } from "../../app/durations.ts";
import type { KindName } from "../../app/kindName.ts";
import { kinds } from "../../metadata/kinds.ts";
import { readApp } from "../../metadata/read.ts";
import { readAppUse } from "../../org/appUse.ts";
import { connectOrg, type TargetOrg } from "../../org/connect.ts";
import { readLogins } from "../../org/loginHistory.ts";
import { readLicenses, readLoginLimits } from "../../org/loginLimits.ts";
import { kindInOrg } from "../../org/noSuchApp.ts";
import { readApiCalls, readOrgType } from "../../org/organization.ts";
import { readOrgSettings } from "../../org/orgSettings.ts";
import { readOwnPermissions } from "../../org/ownPermissions.ts";
import { queryOrg } from "../../org/queryOrg.ts";
import { retrieveFiles } from "../../org/retrieve.ts";
import { findUsers } from "../../org/users.ts";
import { type ReadSpec, readSpec } from "../../project/readSpec.ts";
import type { AppUse } from "../../results/appUse.ts";
import type { LoginLog } from "../../results/check.ts";
import type { Diagnosis } from "../../results/doctor.ts";
import { SfError } from "../../sfError.ts";
import { resolve } from "../../spec/resolve.ts";
import { answeredFor } from "../appInOrg/connectOrgOf.ts";
import { readOrgFacts } from "../appInOrg/readOrgFacts.ts";
import { findingsInOrg, findingsOfApp } from "../validate/lintSpec.ts";
import { appNeeds, type PatientApp, runAsNeeds } from "./appNeeds.ts";
import { mayCreateConnectedApp } from "./creation.ts";
import { look } from "./look.ts";
import { orgNeeds } from "./orgNeeds.ts";
import { seesLogins, userNeeds, watchedRights } from "./userNeeds.ts";

/** What the user named. */
export interface DoctorChoice {
  targetOrg: string | undefined;
  specFile: string | undefined;
  environment: string | undefined;
  /** API name of an app in the org. */
  name: string | undefined;
  apiVersion: string | undefined;
}

const monthMilliseconds = 30 * dayMilliseconds;

/**
 * Looks at everything that the client credentials flow needs in an org: the org itself, the rights of the user who asks
 * and, if an app is named, the app and its Run As user. Nothing is changed; whether connected apps can be created is found
 * by a deploy that only checks. What is not shown to the user is said, and nothing stops the rest.
 *
 * @throws SfError if the org cannot be reached, or as `connectOrg` and `readSpec`
 */
export async function doctor(choice: DoctorChoice): Promise<Diagnosis> {
  const { org, spec } = await connected(choice);
  // The first call shows whether the login works at all.
  await readOrgType(org);
  const patient = await patientOf(org, spec, choice.name);
  const { app } = patient ?? {};
  const runAs = app?.settings["oauth.clientCredentials.runAs"];
  const seen = <Value>(work: () => Promise<Value>) => look(work);
  const ofRunAs = <Value>(read: (org: TargetOrg, username: string) => Promise<Value>) =>
    runAs === undefined ? undefined : seen(() => read(org, runAs));
  const [rights, settings, apiCalls, seesApps, creation, facts, licenses, limits, refused, use] =
    await Promise.all([
      seen(() => readOwnPermissions(org, watchedRights)),
      seen(() => readOrgSettings(org)),
      seen(() => readApiCalls(org)),
      seen(() => queryOrg(org, "SELECT Id FROM ExternalClientApplication LIMIT 1")),
      seen(() => creationOf(org, patient)),
      app && seen(() => readOrgFacts(org, [app])),
      ofRunAs(readLicenses),
      ofRunAs(readLoginLimits),
      app && ofRunAs((_, username) => refusedLogins(org, app, username)),
      app && seen(() => useOf(org, app)),
    ]);
  const kind = app?.kind;
  const found = facts && "value" in facts && app ? facts.value(app) : undefined;
  const findings =
    found === undefined || app === undefined
      ? []
      : spec === undefined
        ? findingsOfApp(app, found)
        : findingsInOrg(spec, found);
  const usage = use && "value" in use ? use.value : undefined;
  return {
    org: { name: org.name, instanceUrl: org.instanceUrl, username: org.username },
    ...(patient === undefined ? {} : { app: aboutOf(patient) }),
    needs: [
      ...orgNeeds({ org, kind, settings, apiCalls, seesApps, creation, rights, app, found, usage }),
      ...userNeeds({ rights, kind }),
      ...(patient === undefined ? [] : appNeeds({ patient, findings, use, org })),
      ...(app === undefined
        ? []
        : runAsNeeds({
            app,
            facts,
            found,
            findings,
            licenses,
            limits,
            refused: seesLogins(rights) ? refused : { hidden: "" },
            org: org.name,
          })),
    ],
    ...(usage === undefined ? {} : { use: usage }),
  };
}

async function connected({ specFile, environment, targetOrg, apiVersion }: DoctorChoice) {
  const read = specFile === undefined ? undefined : readSpec(specFile, environment);
  const org = await connectOrg(targetOrg ?? read?.targetOrg, apiVersion);
  return { org, spec: read && answeredFor(org, read) };
}

/** The app of a spec, or the one that has this name in the org. */
async function patientOf(
  org: TargetOrg,
  spec: ReadSpec | undefined,
  name: string | undefined,
): Promise<PatientApp | undefined> {
  if (spec !== undefined) {
    const app = resolve(spec.app);
    const isThere = await look(async () => (await filesOf(org, app.kind, app.name)).length > 0);
    return { app, name: app.name, spec, isThere };
  }
  if (name === undefined) return undefined;
  const found = await look(async () => {
    for (const kind of ["ExternalClientApp", "ConnectedApp"] as const) {
      const files = await filesOf(org, kind, name);
      if (files.length > 0) return { ...readApp(kind, files), kind, name };
    }
    return undefined;
  });
  if (!("value" in found)) return { app: undefined, name, spec, isThere: found };
  if (found.value !== undefined) return { app: found.value, name, spec, isThere: { value: true } };
  const kind = await look(() => kindInOrg(org, name));
  const missing = "value" in kind && kind.value instanceof SfError ? { missing: kind.value } : {};
  return { app: undefined, name, spec, isThere: { value: false }, ...missing };
}

function filesOf(org: TargetOrg, kind: KindName, name: string) {
  return retrieveFiles(org, kinds[kind].components, name);
}

/** Undefined if nothing has to be created. */
async function creationOf(org: TargetOrg, patient: PatientApp | undefined) {
  const isThere = patient !== undefined && "value" in patient.isThere && patient.isThere.value;
  if (isThere || patient?.app?.kind === "ExternalClientApp") return undefined;
  return mayCreateConnectedApp(org);
}

async function refusedLogins(
  org: TargetOrg,
  app: DesiredApp,
  username: string,
): Promise<LoginLog | undefined> {
  const users = await findUsers(org, [username]);
  const user = users.find((found) => found.username.toLowerCase() === username.toLowerCase());
  return (
    user && readLogins(org, user, [app.settings.label ?? app.name, app.name], Date.now() - monthMilliseconds)
  );
}

function useOf(org: TargetOrg, { name, settings }: DesiredApp): Promise<AppUse> {
  const runAs = settings["oauth.clientCredentials.runAs"];
  return readAppUse(org, { label: settings.label ?? name, name, runAs: runAs === undefined ? [] : [runAs] });
}

function aboutOf({ app, name, spec }: PatientApp): NonNullable<Diagnosis["app"]> {
  return {
    name,
    ...(app === undefined ? {} : { kind: app.kind }),
    ...(spec === undefined ? {} : { specFile: spec.file }),
    ...(spec?.environment === undefined ? {} : { environment: spec.environment }),
  };
}
