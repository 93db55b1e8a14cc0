import type { DesiredApp } from "../../app/desiredApp.ts";
import type { RunAsFacts } from "../../app/orgFacts.ts";
import { bySeverity } from "../../app/severity.ts";
import { messagesOf } from "../../messages.ts";
import { readAppLabels } from "../../org/appLabels.ts";
import type { Limit } from "../../org/askOrg.ts";
import { readAuditTrail } from "../../org/auditTrail.ts";
import { connectOneOf, type Logins, type TargetOrg } from "../../org/connect.ts";
import { readAssignments } from "../../org/permissionSets.ts";
import { readRunAsUsers } from "../../org/runAsFacts.ts";
import type { ReadSpec } from "../../project/readSpec.ts";
import type { AppDrift, Change } from "../../results/drift.ts";
import { machineStore } from "../../secrets/machineStore.ts";
import type { Permissions } from "../../secrets/permissions.ts";
import { followIfThere, followReference, runsOrReads } from "../../secrets/references.ts";
import { SfError } from "../../sfError.ts";
import { resolve } from "../../spec/resolve.ts";
import type { AppInOrg } from "../appInOrg/appInOrg.ts";
import { answeredFor } from "../appInOrg/connectOrgOf.ts";
import { ownerOf } from "../appInOrg/consumer.ts";
import { type OrgReading, readApps } from "../appInOrg/readOrg.ts";
import { isAssigned } from "../appInOrg/readOrgFacts.ts";
import { agingOf } from "./aging.ts";
import { changesOf } from "./changes.ts";
import { findDrifts } from "./findDrifts.ts";
import { notesOf } from "./notes.ts";
import type { OrgTargets } from "./targets.ts";
import { uncompared } from "./uncompared.ts";
import type { Verified } from "./verificationDrifts.ts";

/** How closely an org is checked. */
export interface CheckOptions {
  /** Settings that the spec does not mention count too. */
  strict: boolean;
  /** Ask for a token of each app, and check it. */
  verify: boolean;
  /** How old secrets may be, such as `90d`; without it, as old as each spec says. */
  maxSecretAge?: string | undefined;
  /** What the user allowed the run. */
  allowed: Permissions;
}

/** The way to an org among many. */
export interface OrgAccess {
  logins: Promise<Logins>;
  /** Holds back calls. */
  limit: Limit;
}

/**
 * Checks all apps of one org. What cannot be checked is in the result, not thrown: other orgs go on.
 *
 * @returns the apps in the order of the specs, and the org if it could be reached
 */
export async function checkOrg(
  { orgName, specs }: OrgTargets,
  options: CheckOptions,
  { logins, limit }: OrgAccess,
): Promise<{ org: TargetOrg | undefined; apps: AppDrift[] }> {
  try {
    const org = await connectOneOf(await logins, orgName, { limit });
    return { org, apps: await checkConnectedOrg(org, specs, options) };
  } catch (error) {
    return { org: undefined, apps: uncheckedOrg({ orgName, specs }, failureOf(error)) };
  }
}

/** The apps of an org that was not asked. */
export function uncheckedOrg(
  { orgName, specs }: OrgTargets,
  failure: NonNullable<AppDrift["failure"]>,
): AppDrift[] {
  return specs.map((spec) => uncheckedApp(spec, { name: orgName ?? "" }, failure));
}

/** The same for an org that is already connected. */
export async function checkConnectedOrg(
  org: TargetOrg,
  specs: readonly ReadSpec[],
  options: CheckOptions,
): Promise<AppDrift[]> {
  try {
    return await checkApps(
      org,
      specs.map((spec) => answeredFor(org, spec)),
      options,
    );
  } catch (error) {
    const failure = failureOf(error);
    return specs.map((spec) => uncheckedApp(spec, { name: org.name }, failure));
  }
}

/** Why something could not be checked, and what to do. */
export function failureOf(error: unknown): { message: string; actions: string[] } {
  const { message, actions } = SfError.wrap(error);
  return { message, actions: actions ?? [] };
}

async function checkApps(
  org: TargetOrg,
  specs: readonly ReadSpec[],
  options: CheckOptions,
): Promise<AppDrift[]> {
  const desired = specs.map(({ app }) => resolve(app));
  const usernames = desired.flatMap(({ settings }) => settings["oauth.clientCredentials.runAs"] ?? []);
  const permissionSets = desired.flatMap(({ settings }) => settings["policy.permissionSets"] ?? []);
  const [apps, { users, facts }, assignments] = await Promise.all([
    readApps(org, desired),
    readRunAsUsers(org, usernames),
    readAssignments(org, usernames, permissionSets),
  ]);
  const readings = apps.map((app): OrgReading => ({ ...app, users }));
  const checked = await Promise.all(
    readings.map(async (reading, index) => {
      const spec = specs[index] as ReadSpec;
      const app = desired[index] as DesiredApp;
      const about = aboutApp(spec, { name: org.name, id: org.id, instanceUrl: org.instanceUrl });
      try {
        const known = {
          spec,
          allowed: options.allowed,
          desired: app,
          reading,
          runAs: facts.get(app.settings["oauth.clientCredentials.runAs"]?.toLowerCase() ?? ""),
          org,
          permissionSetAssigned: isAssigned(app, reading, assignments),
          consumerKey: await expectedKey(spec, app, org),
        };
        const drifts = findDrifts(known, options.strict);
        const verified = options.verify ? await verification(known) : {};
        const aged = await agingOf(known, options.maxSecretAge);
        return {
          about: { ...about, ...(aged.secretAge === undefined ? {} : { secretAge: aged.secretAge }) },
          reading,
          drifts: [...drifts, ...aged.drifts, ...(verified.drifts ?? [])].sort(bySeverity),
          notes: notesOf(known),
          failure:
            uncompared(app, reading, org.name) ??
            verified.failure ??
            aged.failure ??
            unreadable(app, reading) ??
            frozenUnknown(known.runAs),
        };
      } catch (error) {
        return { about, reading, drifts: [], notes: [], failure: failureOf(error) };
      }
    }),
  );
  const changesIn = await readerOfChanges(
    org,
    checked.some(({ drifts }) => drifts.length > 0),
  );
  return checked.map(({ about, reading, drifts, notes, failure }) => ({
    ...about,
    state: drifts.length > 0 ? "drifted" : failure === undefined ? "inSync" : "unchecked",
    drifts,
    ...(notes.length === 0 ? {} : { notes }),
    changes: drifts.length === 0 ? [] : changesIn(about, reading),
    ...(failure === undefined ? {} : { failure }),
  }));
}

/** What a token shows. What checks tokens is loaded only if a check asks for one. */
async function verification(app: AppInOrg): Promise<Verified> {
  const { verificationDrifts } = await import("./verificationDrifts.ts");
  return verificationDrifts(app);
}

/** Tells who changed an app, from the org's audit trail and the labels of its apps. */
async function readerOfChanges(
  org: TargetOrg,
  isNeeded: boolean,
): Promise<(about: Pick<AppDrift, "label">, reading: OrgReading) => Change[]> {
  if (!isNeeded) return () => [];
  const [rows, labels] = await Promise.all([readAuditTrail(org), readAppLabels(org)]);
  return ({ label }, { actual, lastChange }) =>
    changesOf({ label, labelInOrg: actual?.settings.label }, lastChange, rows, labels);
}

/** A spec's app before anything is known about it in the org. */
function aboutApp(spec: ReadSpec, org: AppDrift["org"]): Omit<AppDrift, "state" | "drifts" | "changes"> {
  const { kind, name, label = name, rotation } = spec.app;
  const formerApp = rotation?.former === undefined ? {} : { formerApp: rotation.former };
  return { kind, name, label, specFile: spec.file, environment: spec.environment, org, ...formerApp };
}

function uncheckedApp(
  spec: ReadSpec,
  org: AppDrift["org"],
  failure: NonNullable<AppDrift["failure"]>,
): AppDrift {
  return { ...aboutApp(spec, org), state: "unchecked", drifts: [], changes: [], failure };
}

/** The key that the spec names or this machine stored; undefined if nobody here knows it, or only a file or a command. */
async function expectedKey(spec: ReadSpec, app: DesiredApp, org: TargetOrg): Promise<string | undefined> {
  const { key, store: place = "machine" } = spec.app.consumer;
  if (key !== undefined) {
    if (runsOrReads(key)) return undefined;
    return place === "machine" ? followReference(key, "consumer.key") : followIfThere(key, "consumer.key");
  }
  if (place !== "machine") return undefined;
  // In a refreshed sandbox, the callers know the key from before the refresh.
  return machineStore().readKey(ownerOf({ org, desired: app, spec }));
}

/** A setting that the spec mentions and that could not be read from the org. */
function unreadable({ settings }: DesiredApp, reading: OrgReading): AppDrift["failure"] {
  if (reading.setupUnreadable === undefined || settings["oauth.accessToken.timeout"] === undefined)
    return undefined;
  return { message: reading.setupUnreadable, actions: [] };
}

/** Only users who manage users can see who is frozen. */
function frozenUnknown(runAs: RunAsFacts | undefined): AppDrift["failure"] {
  if (runAs === undefined || runAs.isFrozen !== undefined) return undefined;
  const messages = messagesOf("connectedapp.drift");
  return {
    message: messages.getMessage("frozenUnknown", [runAs.username]),
    actions: messages.getMessages("frozenUnknown.actions"),
  };
}
